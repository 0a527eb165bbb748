"""What the kernel needs to bring files to the sink, with no checksum and no journal: HOST PORT PREFIX PATH...

Two connections, requests by hand, bodies by sendfile: no uploader that reads its bytes can be quicker.
"""

import os
import queue
import socket
import sys
import threading

host, port, prefix, *paths = sys.argv[1:]
PART = 16 * 1024 * 1024
pieces = queue.SimpleQueue()
for path in paths:
    names = [os.path.join(path, name) for name in os.listdir(path)] if os.path.isdir(path) else [path]
    for name in names:
        size = os.path.getsize(name)
        for number, start in enumerate(range(0, size, PART), 1):
            pieces.put((name, number, start, min(PART, size - start), size > PART))


def send():
    line = socket.create_connection((host, int(port)))
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    answers = line.makefile("rb")
    while True:
        try:
            name, number, start, length, in_parts = pieces.get_nowait()
        except queue.Empty:
            return
        part = f"?partNumber={number}&uploadId=floor" if in_parts else ""
        line.sendall(
            f"PUT /bench/{prefix}{os.path.basename(name)}{part} HTTP/1.1\r\nhost: sink\r\n"
            f"content-length: {length}\r\n\r\n".encode(),
            socket.MSG_MORE,
        )
        with open(name, "rb") as file:
            while length:
                sent = os.sendfile(line.fileno(), file.fileno(), start, length)
                start, length = start + sent, length - sent
        status = answers.readline()
        if b" 200 " not in status:
            sys.exit(f"the sink said {status!r}")
        while answers.readline().strip():
            pass


threads = [threading.Thread(target=send) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
