# SPDX-License-Identifier: Apache-2.0
"""A client in the words of the MessagePack-RPC specification alone: requests, replies, errors, pipelining."""
import os
import socket
import uuid

import msgpack

REQUEST, RESPONSE, NOTIFICATION = 0, 1, 2


class Client:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.socket.settimeout(10)
        self.unpacker = msgpack.Unpacker()
        self.last = 0
        self.replies = {}

    def send(self, method, **params):
        self.last += 1
        self.socket.sendall(msgpack.packb([REQUEST, self.last, method, [params] if params else []]))
        return self.last

    def receive(self, number):
        while number not in self.replies:
            for kind, answered, error, result in self.unpacker:
                assert kind == RESPONSE
                self.replies[answered] = (error, result)
            if number not in self.replies:
                data = self.socket.recv(65536)
                assert data, "the daemon closed the connection"
                self.unpacker.feed(data)
        return self.replies.pop(number)

    def call(self, method, **params):
        error, result = self.receive(self.send(method, **params))
        assert error is None, error
        return result

    def write(self, method, **params):
        return self.call(method, request=str(uuid.uuid4()), **params)

    def refused(self, method, **params):
        error, result = self.receive(self.send(method, **params))
        assert result is None and set(error) >= {"code", "name", "message"}, (error, result)
        return error


def main():
    smed = Client(os.environ["SME_SOCKET"])
    assert smed.call("system.whoami")["uid"] == os.getuid()
    methods = {method["name"] for method in smed.call("system.describe")["methods"]}
    assert {"system.ping", "status.show", "audit.record"} <= methods

    smed.write("coop.create", code="coopemel", name="Cooperativa Melífera")
    smed.write("enterprise.create", code="colmena", name="La Colmena", activity="farm", cooperative="coopemel")
    status = smed.call("status.show", holder="coopemel")
    assert status["name"] == "Cooperativa Melífera" and status["members"] == 1, status

    # Sent twice, done once.
    again = str(uuid.uuid4())
    first = smed.call("coop.create", request=again, code="coopecafe", name="Coopecafé")
    assert smed.call("coop.create", request=again, code="coopecafe", name="Coopecafé") == first

    assert smed.refused("status.show", holder="nobody")["name"] == "not_found"
    error = smed.refused("status.show", holder="coopemel", as_of="2026-02-30")
    assert (error["name"], error["field"]) == ("invalid_param", "as_of"), error
    assert smed.refused("no.method")["name"] == "no_method"

    # A notification gets no reply; many requests at once get one each.
    smed.socket.sendall(msgpack.packb([NOTIFICATION, "system.ping", []]))
    numbers = [smed.send("system.ping") for _ in range(20)]
    assert all(smed.receive(number)[0] is None for number in numbers)
    assert not smed.replies


main()
