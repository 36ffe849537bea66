"""Take the screenshots of docs/local.md: `python tests/local/make_screenshots.py`.

It needs playwright, chromium and, for small files, pngquant.
"""

import math
import random
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from sesv2kit import compose, local, models
from sesv2kit.testing import FakeSES

TARGET = Path(__file__).parents[2] / "docs" / "_static"
START = datetime(2026, 11, 19, 22, 30, tzinfo=UTC)
NOW = START + timedelta(days=1)
KINDS = [
    (
        "Your order {n} is on its way",
        "order",
        "It left our roastery this morning. Follow the parcel with the link below.",
    ),
    ("Reset your password", "account", "Somebody, probably you, asked for a new password. The link works for an hour."),
    ("Invoice {n}", "billing", "The invoice for your last order is attached as a PDF."),
    ("Welcome to Bean & Leaf", "welcome", "Good to have you with us. Here is how to find your favourite coffee."),
    ("New beans from Huila", "news", "Three small farms, one very good harvest: taste it while it lasts."),
    (
        "Your question about grinders",
        "support",
        "Thank you for asking. Burrs of steel are quieter, those of ceramic last.",
    ),
]
PEOPLE = ["Ann Miller", "Ben Okafor", "Chloé Durand", "Dmitri Petrov", "Emi Sato", "Farid Haddad", "Gina Rossi"]
HTML = """
<body style="margin: 0; padding: 30px 12px; background: #f4f1ec; font: 15px/1.6 Georgia, serif; color: #33271c">
<div style="max-width: 540px; margin: auto; background: #fff; border-radius: 14px; overflow: hidden">
  <div style="padding: 20px 34px; background: #5b3a21; color: #f7efe4; font-size: 19px">Bean &amp; Leaf</div>
  <div style="padding: 26px 34px 30px">
    <h1 style="margin: 0 0 14px; font-size: 23px; line-height: 1.3">{title}</h1>
    <p>Dear {name},</p><p>{words}</p>
    <p style="margin: 26px 0"><a href="https://shop.example.com/orders/1041" style="background: #5b3a21; color: #fff;
      padding: 11px 22px; border-radius: 8px; text-decoration: none">See the details</a></p>
    <p style="color: #857566; font-size: 13px">Questions? <a style="color: #5b3a21"
      href="https://shop.example.com/help">Our help pages</a>, or reply to this mail.</p>
    {remote}
  </div>
</div></body>
"""
PICTURE = '<img alt="" src="https://images.example/flowers.jpg">'
TEMPLATE = models.EmailTemplateContent(
    subject="Welcome {{name}}",
    html=(
        '<div style="font: 15px/1.6 Georgia, serif; color: #33271c; padding: 14px 22px">\n  <h1>Welcome {{name}}</h1>\n'
        "  <p>These coffees fit your taste:</p>\n  <ul>\n  {{#each coffees}}\n"
        "    <li><b>{{name}}</b>, {{price}}</li>\n  {{/each}}\n  </ul>\n"
        "  {{#if voucher}}<p>Your voucher: <b>{{voucher}}</b></p>{{/if}}\n</div>"
    ),
    text="Welcome {{name}}\n{{#each coffees}}\n* {{name}}, {{price}}\n{{/each}}",
)


def fill(fake: FakeSES) -> None:
    """Send a day's mails."""
    dice = random.Random(12)
    with fake.client() as ses:
        ses.create_email_template(template_name="welcome", template_content=TEMPLATE)
        for quarter in range(96):
            busy = 1 + 6 * max(0.0, math.sin((quarter - 30) / 96 * 2 * math.pi)) + dice.random() * 2
            for _ in range(int(busy)):
                subject, kind, words = dice.choice(KINDS)
                person = dice.choice(PEOPLE)
                address = f"{person.split()[0].lower().replace('é', 'e')}@example.{dice.choice(['net', 'org'])}"
                subject = subject.format(n=dice.randrange(1000, 1100))
                html = HTML.format(title=subject, name=person.split()[0], words=words, remote=PICTURE)
                files = [compose.attachment(b"%PDF-1.7", file_name="invoice.pdf")] if kind == "billing" else []
                mail = compose.mail(
                    sender="Bean & Leaf <shop@example.com>",
                    to=f"{person} <{address}>",
                    subject=subject,
                    text=f"Dear {person.split()[0]},\n\n{words}\n",
                    html=html,
                    attachments=files,
                    tags={"kind": kind},
                )
                message_id = ses.send_email(**mail.arguments).message_id
                happen(fake, message_id, dice)
                if quarter < 95:
                    fake.world.mails.mark(message_id, is_read=True)
            fake.clock.advance(900)


def happen(fake: FakeSES, message_id: str, dice: random.Random) -> None:
    """Let something happen to a mail, mostly something good."""
    chance = dice.random()
    if chance < 0.04:
        fake.bounce(message_id, "MailboxFull")
        return
    fake.deliver(message_id)
    if chance > 0.45:
        fake.open(message_id)
    if chance > 0.75:
        fake.click(message_id)


def take(browser: Browser, url: str, name: str, path: str, *, scheme: str, is_phone: bool = False) -> None:
    """Take a screenshot of a page."""
    size = {"width": 390, "height": 760} if is_phone else {"width": 1280, "height": 800}
    context = browser.new_context(viewport=size, color_scheme=scheme, timezone_id="UTC", locale="en-GB")
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    page.goto(url + path)
    page.wait_for_selector("#live:not([hidden])")
    if "templates" in path:
        data = '{\n  "name": "Ann",\n  "coffees": [\n    {"name": "Huila", "price": "12.50 EUR"},\n'
        page.get_by_label("Data").fill(data + '    {"name": "Yirgacheffe"}\n  ]\n}')
        page.wait_for_selector(".note.warn")
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.wait_for_timeout(400)
    target = TARGET / f"local-{name}.png"
    page.screenshot(path=target)
    context.close()
    if pngquant := shutil.which("pngquant"):
        subprocess.run([pngquant, "--force", "--skip-if-larger", "--ext", ".png", "128", target], check=False)


def main() -> None:
    """Take all."""
    TARGET.mkdir(exist_ok=True)
    with FakeSES(clock=START) as fake, local.serve(fake) as url, sync_playwright() as driver:
        fill(fake)
        news = next(
            mail for mail in reversed(fake.outbox[-60:]) if mail.status == "clicked" and "Huila" in mail.subject
        )
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        take(browser, url, "inbox", "/", scheme="light")
        take(browser, url, "mail", f"/mail/{news.message_id}", scheme="dark")
        take(browser, url, "statistics", "/statistics?span=24h", scheme="light")
        take(browser, url, "template", "/templates/edit?name=welcome", scheme="light")
        take(browser, url, "phone-inbox", "/", scheme="dark", is_phone=True)
        take(browser, url, "phone-events", f"/mail/{news.message_id}?tab=events", scheme="light", is_phone=True)
        browser.close()


if __name__ == "__main__":
    main()
