"""The worker of the guide to Celery; a process of it dies between its first send and the acknowledgement."""

import os
import signal
from pathlib import Path

from celery.signals import task_postrun
from receipts import app

app.conf.broker_transport_options = {"visibility_timeout": 1}


@task_postrun.connect
def die_once(**_details: object) -> None:
    marker = Path(os.environ["DIED"])
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
