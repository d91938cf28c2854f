"""llama.cpp's own llama-server, embedded by xllamacpp, as a process: model, projector, port, key."""

from __future__ import annotations

import sys
import threading

import xllamacpp


def main() -> None:
    model, projector, port, key = sys.argv[1:]
    params = xllamacpp.CommonParams()
    params.model.path = model
    params.mmproj.path = projector
    params.hostnames = ["127.0.0.1"]
    params.port = int(port)
    params.api_keys = [key]
    params.n_ctx = 8192
    params.n_parallel = 1
    params.cpuparams.n_threads = 1
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
