"""A process that sends one mail after the other for a while, and prints how many; for the tests of a shared rate."""

import json
import sys
import time

from sesv2kit import Credentials, SendRate, SESv2Client, models
from sesv2kit._rate import redis as _redis_rate

setattr(_redis_rate, "TIMEOUT", 30.0)  # noqa: B010 -- for a busy machine
settings, number, seconds = json.loads(sys.argv[1]), sys.argv[2], float(sys.argv[3])
rate = SendRate(settings["rate"], redis=settings["redis"], name=settings["name"])
content = models.EmailContent(template=models.Template(template_name="news", template_data="{}"))
destination = models.Destination(to_addresses=["ann@example.net"])
with SESv2Client(
    region="eu-west-1",
    endpoint_url=settings["url"],
    credentials=Credentials("AKID", "secret"),
    send_rate=rate,
) as ses:
    print("ready", flush=True)
    sys.stdin.readline()
    sent, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        ses.send_email(from_email_address=f"shop{number}@example.com", destination=destination, content=content)
        sent += 1
print(sent)
