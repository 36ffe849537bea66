"""An application of Celery for the tests: `celery -A celery_app worker`."""

import os

from celery import Celery
from support.fleet import mailing

from sesv2kit.fleet import celery

app = Celery("tests", broker=os.environ["FLEET_BROKER"])
july = mailing(os.environ["FLEET_DATABASE"], os.environ["FLEET_SES"], batch_size=100)
celery.install(app, [july], sweep_every=1.0)
