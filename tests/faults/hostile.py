"""Everything that strangers may do at once, until it is ended: python -m tests.faults.hostile READERS_PORT STAFF_PORT

16 guess passwords, 300 hold half a form each, one sends 200 MB, again and again. Prints a line when all are at it.
"""

from __future__ import annotations

import http.client
import re
import socket
import sys
import threading
import time
from contextlib import suppress

GUESSERS, HALF_SENT, UPLOAD = 16, 300, 200 * 1024 * 1024
HEAD = b"POST /en/search/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
HALF_A_FORM = HEAD + b"Content-Length: 1000\r\n\r\nq="


def guess(port: int, number: int) -> None:
    """A new name with each guess."""
    for at in range(1_000_000):
        with suppress(OSError, http.client.HTTPException):
            made = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            made.request("GET", "/staff/login/")
            answer = made.getresponse()
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
            cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
            sent = f"csrfmiddlewaretoken={token[1] if token else ''}&username=n{number}-{at}&password=wrong"
            kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
            made.request("POST", "/staff/login/", sent, kind)
            made.getresponse().read()
            made.close()
        time.sleep(0.01)


def hold(port: int) -> None:
    """As many half forms as are to be held; one that is let go of is begun again."""
    held: list[socket.socket] = []
    while True:
        for one in held[:]:
            with suppress(BlockingIOError):
                if not one.recv(1, socket.MSG_DONTWAIT | socket.MSG_PEEK):
                    one.close()
                    held.remove(one)
        while len(held) < HALF_SENT:
            made = socket.create_connection(("127.0.0.1", port), 30)
            made.sendall(HALF_A_FORM)
            held.append(made)
        time.sleep(0.5)


def upload(port: int) -> None:
    chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    while True:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 30) as made:
            made.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
            for _ in range(UPLOAD // 0x10000):
                made.sendall(chunk)
        time.sleep(0.05)


def main(readers: int, staff: int) -> None:
    work = [threading.Thread(target=guess, args=(staff, number), daemon=True) for number in range(GUESSERS)]
    work += [threading.Thread(target=hold, args=(readers,), daemon=True)]
    work += [threading.Thread(target=upload, args=(readers,), daemon=True)]
    for one in work:
        one.start()
    time.sleep(3)
    print("at it", flush=True)
    for one in work:
        one.join()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
