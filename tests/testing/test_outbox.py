"""What tests read of the mails that were sent."""

from support.mails import simple

from sesv2kit import models
from sesv2kit.testing import FakeSES


def test_a_mail_is_in_the_outbox() -> None:
    with FakeSES() as fake, fake.client() as ses:
        response = ses.send_email(
            from_email_address="Shop <shop@example.com>",
            destination=models.Destination(
                to_addresses=["Ann <ann@example.net>"],
                cc_addresses=["bob@example.net"],
                bcc_addresses=["c@example.net"],
            ),
            reply_to_addresses=["help@example.com"],
            content=simple("Welcome", text="Hi Ann", html="<p>Hi Ann</p>"),
            email_tags=[models.MessageTag(name="campaign", value="spring")],
        )
        (mail,) = fake.outbox
        assert mail.message_id == response.message_id
        assert (mail.sender, mail.to, mail.cc, mail.bcc) == (
            "Shop <shop@example.com>",
            ["Ann <ann@example.net>"],
            ["bob@example.net"],
            ["c@example.net"],
        )
        assert mail.recipients == ["ann@example.net", "bob@example.net", "c@example.net"]
        assert (mail.subject, mail.text, mail.html) == ("Welcome", "Hi Ann", "<p>Hi Ann</p>")
        assert mail.reply_to == ["help@example.com"]
        assert mail.tags == {"campaign": "spring"}
        assert mail.status == "sent"
