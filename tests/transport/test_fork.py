"""A process that forks: parent and child never share a connection, so that none gets the other's answer."""

import os
import subprocess
import sys

import pytest
from support.counting import answers, counting_server

SCRIPT = """
import os, sys
from sesv2kit import Credentials, SESv2Client

ses = SESv2Client(region="eu-west-1", credentials=Credentials("AKIDEXAMPLE", "secret"), endpoint_url=sys.argv[1])

def ask():
    return ses.send_custom_verification_email(email_address="a@example.com", template_name="t").message_id

first = ask()
child = os.fork()
if not child:
    os._exit(0 if ask() == "0100" else 1)
_, status = os.waitpid(child, 0)
again = ask()
ses.close()
print(first, os.waitstatus_to_exitcode(status), again)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_child_opens_a_connection_of_its_own_and_leaves_the_parent_s_alone() -> None:
    with counting_server() as server:
        server.script(*(answers(body=b'{"MessageId": "0100"}') for _ in range(3)))
        done = subprocess.run([sys.executable, "-c", SCRIPT, server.url], capture_output=True, text=True, timeout=30)
        assert (done.stdout.split(), done.stderr) == (["0100", "0", "0100"], "")
        assert (len(server.received), len(server.connections)) == (3, 2)
