"""An application of Procrastinate for the tests: `procrastinate --app procrastinate_app.app worker`."""

import os

from procrastinate import App, PsycopgConnector
from support.fleet import mailing

from sesv2kit.fleet import procrastinate

app = App(connector=PsycopgConnector(conninfo=os.environ["FLEET_DATABASE"].replace("+psycopg", "")))
july = mailing(os.environ["FLEET_DATABASE"], os.environ["FLEET_SES"], batch_size=100)
procrastinate.install(app, [july], sweep_cron="* * * * * */2")
