"""Kernel start and cell round trip of our kernel against ipykernel, through jupyter_client.

    ./scfm bench kernel [--cells N] [--starts N] [--output FILE]

FILE: bench/results/kernel_MACHINE_DATE.md. Both kernels answer the same client in the same run, start by start in turn. Ready: until
kernel_info is answered; first value: until the first `1+1` came back; round trip: median of N further `1+1`; error: a cell that throws.
"""
import argparse
import datetime
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

from jupyter_client.manager import start_new_kernel


def run(client, code):
    start = time.perf_counter()
    client.execute_interactive(code, output_hook=lambda message: None, timeout=60)
    return (time.perf_counter() - start) * 1e3


def measure(name, cells, throw):
    start = time.perf_counter()
    manager, client = start_new_kernel(kernel_name=name)
    ready = time.perf_counter() - start
    run(client, "1+1")
    first = time.perf_counter() - start
    for _ in range(5):
        run(client, "1+1")
    values = [run(client, "1+1") for _ in range(cells)]
    errors = [run(client, throw) for _ in range(cells // 5)]
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return ready, first, values, errors


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("scfm")
    parser.add_argument("--cells", type=int, default=100)
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--output")
    options = parser.parse_args()

    folder = tempfile.TemporaryDirectory()
    subprocess.run([options.scfm, "kernel", "install", "--prefix", folder.name], check=True, stdout=subprocess.DEVNULL)
    os.environ["JUPYTER_PATH"] = os.path.join(folder.name, "share", "jupyter")
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"

    kernels = {"scfm": 'throw new System.Exception("x");', "python3": 'raise Exception("x")'}
    found = {name: [] for name in kernels}
    for _ in range(options.starts):
        for name, throw in kernels.items():
            found[name].append(measure(name, options.cells, throw))

    def median(name, index):
        values = [run[index] for run in found[name]]
        return statistics.median(sum(values, []) if isinstance(values[0], list) else values)

    rows = [("ready", 0, "s", 2), ("first value", 1, "s", 2), ("round trip of 1+1", 2, "ms", 1), ("round trip of an error", 3, "ms", 1)]
    lines = [
        "# Kernel start and cell round trip",
        "",
        f"{datetime.date.today()}, {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"ipykernel on Python {platform.python_version()}, {options.starts} starts, {options.cells} cells each; medians.",
        "",
        "| | scfm | ipykernel | ratio |",
        "|---|---|---|---|",
    ]
    for title, index, unit, digits in rows:
        ours, theirs = median("scfm", index), median("python3", index)
        lines.append(f"| {title} | {ours:.{digits}f} {unit} | {theirs:.{digits}f} {unit} | {ours / theirs:.2f} |")
    text = "\n".join(lines) + "\n"
    print(text)
    if options.output:
        with open(options.output + ".new", "w") as file:
            file.write(text)
        os.replace(options.output + ".new", options.output)
    return 0 if median("scfm", 2) < 20 else 1


if __name__ == "__main__":
    sys.exit(main())
