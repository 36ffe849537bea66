"""The sign-up with a local SES: open the address that this prints.

python docs/examples/signing_up/try_it.py
"""

import os

import uvicorn
from sesv2kit import local
from sesv2kit.testing import FakeSES

from signup_app import PUBLIC_URL, app

if __name__ == "__main__":
    with FakeSES() as fake, local.serve(fake) as url:
        os.environ["AWS_ENDPOINT_URL_SESV2"] = url
        os.environ["AWS_REGION"] = fake.region
        os.environ["AWS_ACCESS_KEY_ID"] = os.environ["AWS_SECRET_ACCESS_KEY"] = "any"
        os.environ["NO_PROXY"] = "127.0.0.1"
        print(f"The inbox:   {url}\nSign up at:  {PUBLIC_URL}/docs\nCtrl-C ends both.")
        port = int(PUBLIC_URL.rpartition(":")[2])
        uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
