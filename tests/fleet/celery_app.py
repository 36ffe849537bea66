"""An application of Celery for the tests: `celery -A celery_app worker`."""

import os

from celery import Celery
from support.fleet import mailing_of_engine

from sesv2kit.fleet import celery

app = Celery("tests", broker=os.environ["FLEET_BROKER"])
app.conf.broker_connection_retry_on_startup = True
july = mailing_of_engine()
celery.install(app, [july], sweep_every=1.0)
