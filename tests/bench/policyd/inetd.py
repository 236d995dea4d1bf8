#!/usr/bin/python3
"""inetd.py PORT PROGRAM [ARGUMENT...]

Starts the program for each connection to the port of 127.0.0.1, with the connection as its standard
input and output, as spawn(8) of Postfix does.
"""
import signal
import socket
import subprocess
import sys

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=4096)
while True:
    connection, _ = listener.accept()
    with connection:
        subprocess.Popen(sys.argv[2:], stdin=connection, stdout=connection)
