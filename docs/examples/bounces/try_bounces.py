"""The webhook with a local SES: open the address that this prints, and press Bounce.

python docs/examples/bounces/try_bounces.py
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import bounces_app
import uvicorn

from sesv2kit import compose, events, local
from sesv2kit.testing import FakeSES

PORT = int(os.environ.get("PORT", "8000"))
HERE = f"http://127.0.0.1:{PORT}"
ANN = "ann@example.net"


def main(folder: str) -> None:
    """Send a mail, and serve the app and the local SES until Ctrl-C."""
    bounces_app.DATABASE = str(Path(folder, "users.db"))
    with FakeSES() as fake, local.serve(fake, webhooks=[f"{HERE}/ses-events/"]) as url:
        # The local SES signs with a key of its own, for which there is a certificate.
        topic, certificates = fake.sns.topic_arn, fake.sns.certificates
        verifier = events.SNSVerifier([topic], certificates=certificates)
        app = bounces_app.create_app(verifier, confirm=False)
        app.get("/may-mail")(bounces_app.may_mail)
        with bounces_app.connect() as database:
            database.execute("INSERT INTO users (address) VALUES (?)", [ANN])
        mail = compose.mail(
            sender="shop@example.com", to=ANN, subject="News", text="Hi Ann"
        )
        with fake.client() as ses:
            ses.send_email(**mail.arguments)
        print(f"Bounce the mail:    {url}")
        print(f"May Ann get mail?   {HERE}/may-mail?address={ANN}")
        print("Ctrl-C ends both.")
        uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="warning")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(folder)
