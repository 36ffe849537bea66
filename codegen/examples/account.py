"""Examples: the account."""

from sesv2kit import SESv2Client, models


def get_account(ses: SESv2Client) -> None:
    account = ses.get_account()
    quota = account.send_quota
    if quota is not None:
        print(f"{quota.sent_last24_hours:,.0f} of {quota.max24_hour_send:,.0f} mails")
    if not account.production_access_enabled:
        print("still in the sandbox")


def put_account_dedicated_ip_warmup_attributes(ses: SESv2Client) -> None:
    ses.put_account_dedicated_ip_warmup_attributes(auto_warmup_enabled=True)


def put_account_details(ses: SESv2Client) -> None:
    ses.put_account_details(
        mail_type="TRANSACTIONAL",
        website_url="https://shop.example.com",
        contact_language="EN",
        additional_contact_email_addresses=["postmaster@example.com"],
        production_access_enabled=True,  # asks to leave the sandbox
    )


def put_account_pricing_attributes(ses: SESv2Client) -> None:
    ses.put_account_pricing_attributes(plan="ESSENTIALS")
    pricing = ses.get_account().pricing_attributes
    if pricing is not None:
        print(pricing.current_plan, "and then", pricing.next_plan)


def put_account_sending_attributes(ses: SESv2Client) -> None:
    ses.put_account_sending_attributes(sending_enabled=False)  # stops all mail


def put_account_suppression_attributes(ses: SESv2Client) -> None:
    ses.put_account_suppression_attributes(suppressed_reasons=["BOUNCE", "COMPLAINT"])


def put_account_vdm_attributes(ses: SESv2Client) -> None:
    ses.put_account_vdm_attributes(
        vdm_attributes=models.VdmAttributes(
            vdm_enabled="ENABLED",
            dashboard_attributes=models.DashboardAttributes(engagement_metrics="ENABLED"),
        )
    )
