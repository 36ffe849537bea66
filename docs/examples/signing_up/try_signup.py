"""The sign-up with a local SES: open the addresses that this prints.

python docs/examples/signing_up/try_signup.py
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import signup_app
import uvicorn

from sesv2kit import local
from sesv2kit.testing import FakeSES


def main(folder: str) -> None:
    """Serve the app and the local SES until Ctrl-C."""
    signup_app.DATABASE = str(Path(folder, "signups.db"))
    with FakeSES() as fake, local.serve(fake) as url:
        os.environ["AWS_ENDPOINT_URL_SESV2"] = url
        os.environ["AWS_REGION"] = fake.region
        os.environ["AWS_ACCESS_KEY_ID"] = os.environ["AWS_SECRET_ACCESS_KEY"] = "any"
        os.environ["NO_PROXY"] = "127.0.0.1"
        print(f"The inbox:   {url}")
        print(f"Sign up at:  {signup_app.PUBLIC_URL}/docs")
        print("Ctrl-C ends both.")
        port = int(signup_app.PUBLIC_URL.rpartition(":")[2])
        uvicorn.run(signup_app.app, host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        main(folder)
