"""Uploads of the same files to the same sink, by us and by others, in turns.

compare.py --servers PROGRAM --ours PROGRAM --peers FOLDER_OF_PROGRAMS --work FOLDER [--short]

Each run has a sink of its own, which says afterwards how many objects and bytes it was given: a run that
did not bring them all fails. Times, processor time and peak memory are the kernel's own (wait4).
"""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
MIB = 1024 * 1024

options = argparse.ArgumentParser()
options.add_argument("--servers", required=True)
options.add_argument("--ours", required=True)
options.add_argument("--peers", required=True, type=pathlib.Path)
options.add_argument("--work", required=True, type=pathlib.Path)
options.add_argument("--short", action="store_true", help="a sixteenth of the bytes")
options = options.parse_args()
SHARE = 16 if options.short else 1
# The program itself, not the script of Python that starts it.
S5CMD = next(options.peers.parent.glob("lib/python*/site-packages/s5cmd/bin/s5cmd"))

# name, files, bytes of each, turns: what is over in half a second needs more of them to say anything
CASES = {
    "1 x 1 GiB": (1, 1024 * MIB // SHARE, 5),
    "64 x 16 MiB": (64 // SHARE, 16 * MIB, 5),
    "2,000 x 16 KiB": (2000 // SHARE, 16 * 1024, 11),
}


def files_of(case):
    """The folder of a case, its files made once: random bytes that nothing can compress."""
    count, size, _ = CASES[case]
    folder = options.work / f"{count}x{size}"
    if not folder.exists():
        making = folder.with_suffix(".making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        for number in range(count):
            with open(making / f"{number:05}.bin", "wb") as file:
                for _ in range(0, size, MIB):
                    file.write(os.urandom(min(size, MIB)))
        making.rename(folder)
    for file in folder.iterdir():  # into the cache of the kernel, alike for everybody
        with open(file, "rb") as bytes_of:
            while bytes_of.read(MIB):
                pass
    return folder


@contextlib.contextmanager
def server(*words):
    """One of the servers; gives its URL, and leaves what it said at its end in `said`."""
    program = subprocess.Popen(
        [options.servers, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    said = []
    try:
        yield program.stdout.readline().strip(), said
    finally:
        program.stdin.close()
        said.append(program.stdout.read().strip())
        program.wait()


def environment(folder):
    """The same for everybody: keys that mean nothing, no question to any metadata service."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "example",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
    }


def ours(url, folder, private):
    return [options.ours, url, "bench", "at/", private / "workspace", folder]


def prepare(url, private):
    """The workspace is there before somebody drops files on it: with no files this makes it, and no more."""
    run([options.ours, url, "bench", "at/", private / "workspace"], private)


def rclone(url, folder, _):
    return [
        options.peers / "rclone", "copy", folder, ":s3:bench/at", "--config", os.devnull,
        # Trailing checksums it sends over TLS only; MD5s of parts and of the whole it sends and holds here.
        "--s3-provider", "Other", "--s3-env-auth", "--s3-region", "us-east-1", "--s3-endpoint", url,
        "--s3-force-path-style", "--s3-no-check-bucket", "--no-traverse",
        # What it is quickest with here.
        "--s3-chunk-size", "16M", "--s3-upload-concurrency", "4", "--transfers", "16", "--checkers", "16",
    ]


def s5cmd(url, folder, _):
    return [
        S5CMD, "--endpoint-url", url, "--numworkers", "32", "cp",
        "--concurrency", "4", "--part-size", "16", f"{folder}/*", "s3://bench/at/",
    ]


# Version 1 of it cannot be told to upload over the Common Runtime; boto3 below does.
def aws_cli(url, folder, _):
    return [
        options.peers / "python", options.peers / "aws", "--endpoint-url", url, "s3", "cp",
        "--recursive", "--only-show-errors", folder, "s3://bench/at/",
    ]


def with_boto3(url, folder, _):
    return [options.peers / "python", HERE / "with_boto3.py", url, "bench", "at/", folder]


def floor(url, folder, _):
    host, port = url.removeprefix("http://").split(":")
    return [options.peers / "python", HERE / "floor.py", host, port, "at/", folder]


CONTENDERS = {
    "Tallyport": ours,
    "rclone": rclone,
    "s5cmd": s5cmd,
    "AWS CLI v1": aws_cli,
    "boto3, CRT": with_boto3,
    "sendfile, no checksum": floor,
}
PEERS = ["rclone", "s5cmd", "AWS CLI v1", "boto3, CRT"]


def run(command, private, output=subprocess.DEVNULL):
    """Seconds, processor seconds and peak MiB of a program, as the kernel counted them."""
    begun = time.monotonic()
    program = subprocess.Popen(
        [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=output,
        stderr=subprocess.PIPE, env=environment(private),
    )
    complaint = program.stderr.read()
    _, status, used = os.wait4(program.pid, 0)
    took = time.monotonic() - begun
    program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode != 0:
        sys.exit(f"{command[0]} failed: {complaint.decode(errors='replace')[-2000:]}")
    return took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def fresh(name):
    private = options.work / "private" / name.split(",")[0].replace(" ", "-")
    shutil.rmtree(private, ignore_errors=True)
    private.mkdir(parents=True)
    return private


def measured(name, case, folder):
    private = fresh(name)
    with server("sink") as (url, said):
        if name == "Tallyport":
            prepare(url, private)
        figures = run(CONTENDERS[name](url, folder, private), private)
    count, size, _ = CASES[case]
    # The floor puts nothing together, so that its parts are no objects.
    if name != "sendfile, no checksum" and said != [f"{count} objects, {count * size} bytes"]:
        sys.exit(f"{name} brought {said} of {count} objects, {count * size} bytes")
    return figures


def versions():
    asked = {
        "rclone": [options.peers / "rclone", "version"],
        "s5cmd": [S5CMD, "version"],
        "AWS CLI": [options.peers / "python", options.peers / "aws", "--version"],
        "boto3": [options.peers / "python", "-c", "import boto3, awscrt; print(boto3.__version__, 'awscrt', awscrt.__version__)"],
    }
    for name, command in asked.items():
        said = subprocess.run([str(word) for word in command], capture_output=True, text=True)
        print(f"{name}: {(said.stdout or said.stderr).splitlines()[0]}")


def compare(case):
    folder = files_of(case)
    count, size, rounds = CASES[case]
    figures = {name: [] for name in CONTENDERS}
    for _ in range(rounds):  # in turns, so that a busy moment is everybody's
        for name in CONTENDERS:
            figures[name].append(measured(name, case, folder))
    best = {name: min(runs)[0] for name, runs in figures.items()}
    quickest = min(PEERS, key=best.get)
    print(f"\n{case}, checksums on, best of {rounds}; the quickest peer is {quickest}")
    print("| | MB/s | objects/s | CPU s/GiB | peak MiB | of the quickest peer's speed |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, runs in figures.items():
        took, processor, _ = min(runs)
        peak = max(memory for _, _, memory in runs)
        speed = count * size / took / 1e6
        a_gib = processor / (count * size / 1024**3)
        print(
            f"| {name} | {speed:,.0f} | {count / took:,.0f} | {a_gib:.2f} | {peak:.0f} "
            f"| {best[quickest] / took:.2f} |"
        )


def shaped(megabits, size):
    """How much of a line we use, and what we said after 30 seconds about the time that is left."""
    folder = fresh("shaped")
    file = folder / "file.bin"
    with open(file, "wb") as bytes_of:
        for _ in range(size // MIB):
            bytes_of.write(os.urandom(MIB))
    log = folder / "progress.jsonl"
    with server("sink") as (sink, said), server("line", sink, str(megabits * 1_000_000), "40") as (line, _):
        with open(log, "wb") as output:
            command = [*ours(line, file, folder), "--progress"]
            took, _, peak = run(command, folder, output)
    if not said[0].startswith("1 objects"):
        sys.exit(f"the shaped upload brought {said}")
    share = size * 8 / (megabits * 1e6) / took
    told = [json.loads(text) for text in log.read_text().splitlines() if '"eta_seconds"' in text]
    at = next((row for row in told if row["at"] >= 30 and row["eta_seconds"] is not None), None)
    if at is None:
        sys.exit("nothing was said about the time that is left after 30 seconds")
    left = took - at["at"]
    wrong = abs(at["eta_seconds"] - left) / left
    print(
        f"| {megabits} Mbit/s, 40 ms each way, {size // MIB} MiB | {took:.1f} s | {share:.1%} "
        f"| {at['eta_seconds']} s | {left:.1f} s | {wrong:.1%} | {peak:.0f} |"
    )
    shutil.rmtree(folder)


versions()
for case in CASES:
    compare(case)
print("\n| line | took | share of the line | said left after 30 s | was left | wrong by | peak MiB |")
print("| --- | --- | --- | --- | --- | --- | --- |")
shaped(20, 240 * MIB)
shaped(100, 1024 * MIB)
shutil.rmtree(options.work / "private", ignore_errors=True)
