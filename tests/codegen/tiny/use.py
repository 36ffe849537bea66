"""A program on the package that the tiny specification makes: type-checked, and run against a made-up post office."""

import json
from typing import assert_type

import httpx

from sesv2kit import Credentials, SESv2Client, errors, models

requests: list[httpx.Request] = []
seen: list[models.GetLetterResponse] = []


def answer(request: httpx.Request) -> httpx.Response:
    """Keep the request; answer as the post office would."""
    requests.append(request)
    if request.method == "DELETE":
        return httpx.Response(404, headers={"x-amzn-errortype": "NotFoundException"}, json={"message": "no such box"})
    if request.url.path == "/v1/letters/l-1":
        return httpx.Response(200, json={"Summary": {"Status": "handed-over"}} if seen else {})
    if b"Letter" in request.content:
        return httpx.Response(200, json={"MessageId": "l-1"})
    return httpx.Response(
        200,
        json={
            "Letters": [{"Status": "handed-over", "SentAt": 0}, {"Status": "eaten by a dog"}],
            "Counts": {"handed-over": 7},
        },
    )


def use(client: SESv2Client) -> None:
    """Send, list and delete."""
    letter = models.Letter(
        to=[models.BoxAddress(box_name="ann")], from_="bob", text="Dear Ann", photo=models.Photo(data=b"png")
    )
    assert repr(letter) == "Letter(from_='bob', to=[BoxAddress(box_name='ann')], text='***', photo=Photo(data=b'png'))"

    sent = client.send_letter(letter=letter)
    assert_type(sent, models.SendLetterResponse)
    assert_type(sent.message_id, str)
    assert sent.message_id == "l-1"
    body = {"Letter": {"From": "bob", "To": [{"BoxName": "ann"}], "Text": "Dear Ann", "Photo": {"Data": "cG5n"}}}
    assert json.loads(requests[-1].content) == body

    page = client.list_letters(statuses=[models.LetterStatus.HANDED_OVER, "ON_ITS_WAY"], page_size=5)
    assert requests[-1].url.raw_path == b"/v1/letters?Status=handed-over&Status=ON_ITS_WAY&PageSize=5"
    assert_type(page.letters[0].status, models.LetterStatus | str)
    assert [letter.status for letter in page.letters] == [models.LetterStatus.HANDED_OVER, "eaten by a dog"]
    assert [list(letter.marks) for letter in page.letters] == [[], []]
    assert page.next_token is None
    assert page.counts is not None
    assert page.counts[models.LetterStatus.HANDED_OVER] == 7

    letters = client.iter_letters(page_size=5)
    assert_type([letter for letter in letters], list[models.LetterSummary])  # noqa: C416 -- what a loop yields
    assert_type(next(letters.pages()), models.ListLettersResponse)
    assert requests[-1].url.raw_path == b"/v1/letters?PageSize=5"

    lost = client.wait_until_letter_delivered(letter_id="l-1", initial_delay=0.001, on_progress=seen.append)
    assert_type(lost, models.GetLetterResponse)
    assert seen == [models.GetLetterResponse(), lost]
    assert requests[-1].url.path == "/v1/letters/l-1"

    try:
        client.delete_box(box_name="a/b", with_letters=True)
    except errors.NotFoundException as error:
        assert error.message == "no such box"  # noqa: PT017 -- a program, not a test
    assert requests[-1].url.raw_path == b"/v1/boxes/a%2Fb?Force=true"


with (
    httpx.Client(transport=httpx.MockTransport(answer)) as http,
    SESv2Client(region="eu-west-1", credentials=Credentials("key", "secret"), http_client=http) as client,
):
    use(client)
print("used")
