#!/usr/bin/python3
"""activate.py PORT PID-FILE PROGRAM [ARGUMENT...]

Keeps a listening socket on the port of 127.0.0.1, passes it to the program as systemd does
(sd_listen_fds(3)), and starts the program again whenever it has ended. While the program is away,
connections wait. The number of its process is in the file.
"""
import os
import socket
import sys

port, pid_file, program = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
listener = socket.create_server(("127.0.0.1", port), backlog=4096)
while True:
    process = os.fork()
    if process == 0:
        if listener.fileno() != 3:
            os.dup2(listener.fileno(), 3)
        os.set_inheritable(3, True)
        os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
        os.execv(program[0], program)
    with open(pid_file + ".new", "w", encoding="ascii") as file:
        file.write(str(process))
    os.replace(pid_file + ".new", pid_file)
    os.waitpid(process, 0)
