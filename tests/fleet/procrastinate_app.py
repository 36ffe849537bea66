"""An application of Procrastinate for the tests: `procrastinate --app procrastinate_app.app worker`."""

import os

from procrastinate import App, PsycopgConnector
from support.fleet import mailing_of_engine

from sesv2kit.fleet import procrastinate

app = App(connector=PsycopgConnector(conninfo=os.environ["FLEET_BROKER"].replace("+psycopg", "")))
july = mailing_of_engine()
procrastinate.install(app, [july], sweep_cron="* * * * * */2")
