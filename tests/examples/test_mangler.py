"""The mangler, between a client and a server that are bare sockets here."""

import os
import select
import socket
import threading
import unittest

from middle import Ends, at_least, read, read_to_end, reset
from programs import PATIENCE, Client, Server

SIZE = 5_000_000
FOREVER = 1_000_000_000


def poll_for_errors(connection):
    """What poll() says of a connection at last, which waits for errors alone."""
    poller = select.poll()
    poller.register(connection, 0)
    return poller.poll(PATIENCE * 1000)


class Honest(unittest.TestCase):
    """Without rules."""

    def test_octets_and_half_closes_pass(self):
        ends, up, down = Ends(self), os.urandom(SIZE), os.urandom(SIZE)
        before = ends.descriptors()
        client, server = ends.connect()
        for sender, receiver, octets in [(client, server, up), (server, client, down)]:
            sending = threading.Thread(target=lambda s=sender, o=octets: (s.sendall(o), s.shutdown(socket.SHUT_WR)))
            sending.start()
            self.assertEqual(read_to_end(receiver), (octets, False))
            sending.join()
        ends.wait_for_descriptors(before)

    def test_resets_pass_behind_what_was_sent(self):
        for is_client in True, False:
            ends = Ends(self)
            before = ends.descriptors()
            sender, receiver = ends.connect() if is_client else reversed(ends.connect())
            sender.sendall(b"last words")
            self.assertEqual(read(receiver, 10), b"last words")
            reset(sender)
            self.assertEqual(read_to_end(receiver), (b"", True))
            ends.wait_for_descriptors(before)

    def test_a_reset_behind_a_half_close_passes(self):
        client, server = Ends(self).connect()
        client.shutdown(socket.SHUT_WR)
        self.assertEqual(server.recv(1), b"")
        reset(client)
        self.assertTrue(poll_for_errors(server), "nobody sends, and it is told all the same")

    def test_who_sends_to_nobody_is_told(self):
        """The server has closed, with its answer said: that reaches the client, and then it can send no more."""
        client, server = Ends(self).connect()
        server.sendall(b"enough")
        server.close()
        self.assertEqual(read(client, 6), b"enough")
        with self.assertRaises(OSError):
            while True:
                client.sendall(b"x")

    def test_a_server_that_is_not_there(self):
        ends = Ends(self)
        ends.listener.close()
        with Client(ends.mangler.address) as client, self.assertRaises((ConnectionResetError, EOFError)):
            client.more()

    def test_who_sends_faster_than_is_read_waits(self):
        ends = Ends(self)
        for sender, receiver in ends.connect(), reversed(ends.connect()):
            content = os.urandom(1 << 20) * 64
            rest = memoryview(content)
            while rest and select.select([], [sender], [], 0.5)[1]:
                rest = rest[sender.send(rest[: 1 << 16]) :]
            self.assertGreater(len(rest), 0, "all of it was taken")
            sending = threading.Thread(target=lambda s=sender, o=rest: (s.sendall(o), s.shutdown(socket.SHUT_WR)))
            sending.start()
            self.assertEqual(read_to_end(receiver), (content, False))
            sending.join()
        self.assertLess(ends.mangler.peak(), 16 << 20)

    def test_nothing_stays_of_connections_that_ended(self):
        ends = Ends(self, "--cut-after", 0)
        read_to_end(ends.connect()[0])
        before = ends.mangler.peak()
        for _ in range(500):
            client, server = ends.connect()
            read_to_end(client)
            client.close()
            server.close()
        self.assertLess(ends.mangler.peak() - before, 1 << 20)

    def test_many_connections_beside_one_that_is_stuck(self):
        ends = Ends(self)
        before = ends.descriptors()
        stuck, _ = ends.connect()
        while select.select([], [stuck], [], 0.2)[1]:
            stuck.send(bytes(1 << 16))
        pairs = [ends.connect() for _ in range(200)]
        for number, (client, server) in enumerate(pairs):
            client.sendall(b"%4d" % number)
            server.sendall(b"%4d" % -number)
        for number, (client, server) in enumerate(pairs):
            self.assertEqual(read(server, 4), b"%4d" % number)
            self.assertEqual(read(client, 4), b"%4d" % -number)
            client.close()
            server.close()
        ends.wait_for_descriptors(before + 2)


class Rules(unittest.TestCase):
    def test_a_delay_is_one_for_all_that_was_sent_at_once(self):
        client, server = Ends(self, "--delay-ms", 100).connect()
        for sender, receiver in (client, server), (server, client):
            with at_least(self, 0.1):
                sender.sendall(b"x" * 5000)
                self.assertEqual(read(receiver, 5000), b"x" * 5000)

    def test_a_trickle(self):
        content = os.urandom(100)
        client, server = Ends(self, "--trickle", 2).connect()
        for sender, receiver in (client, server), (server, client):
            with at_least(self, 0.049):
                sender.sendall(content)
                sender.shutdown(socket.SHUT_WR)
                self.assertEqual(read_to_end(receiver), (content, False))

    def test_a_delay_keeps_many_small_pieces(self):
        client, server = Ends(self, "--delay-ms", 400).connect()
        for number in range(100):
            client.sendall(b"%3d" % number)
            select.select([], [], [], 0.002)
        self.assertEqual(read(server, 300), b"".join(b"%3d" % number for number in range(100)))

    def test_a_rule_may_be_for_one_direction(self):
        for direction in "--up", "--down":
            slow, fast = Ends(self, direction, "--delay-ms", FOREVER).connect()[:: 1 if direction == "--up" else -1]
            slow.sendall(b"never")
            fast.sendall(b"soon")
            self.assertEqual(read(slow, 4), b"soon")
            fast.setblocking(False)
            with self.assertRaises(BlockingIOError):
                fast.recv(1)

    def test_a_cut_is_an_end_in_the_middle(self):
        for rule, before in ("--up", 1000), ("--up", 0), ("--down", 1000), ("--down", 0):
            with self.subTest(rule=rule, before=before):
                ends = Ends(self, rule, "--cut-after", before)
                none = ends.descriptors()
                sender, receiver = ends.connect() if rule == "--up" else reversed(ends.connect())
                if before:
                    sender.sendall(bytes(1500))
                self.assertEqual(read_to_end(receiver), (bytes(before), False))
                self.assertEqual(read_to_end(sender)[0], b"")
                ends.wait_for_descriptors(none)

    def test_a_reset_ends_both(self):
        for rule, before in ("--up", 1000), ("--up", 0), ("--down", 1000), ("--down", 0):
            with self.subTest(rule=rule, before=before):
                sender, receiver = Ends(self, rule, "--reset-after", before).connect()[:: 1 if rule == "--up" else -1]
                if before:
                    sender.sendall(bytes(before - 1))
                    self.assertEqual(read(receiver, before - 1), bytes(before - 1))
                    sender.sendall(bytes(1))
                octets, is_reset = read_to_end(receiver)
                self.assertLessEqual(len(octets), 1)
                self.assertTrue(is_reset)
                self.assertEqual(read_to_end(sender), (b"", True))

    def test_a_half_close_is_dropped(self):
        client, server = Ends(self, "--up", "--half-close-drop").connect()
        client.sendall(b"x")
        client.shutdown(socket.SHUT_WR)
        self.assertEqual(server.recv(1), b"x")
        for _ in range(2):  # behind the second one the end was seen, if it was there before the first one
            server.sendall(b"y")
            self.assertEqual(client.recv(1), b"y")
        server.setblocking(False)
        with self.assertRaises(BlockingIOError):
            server.recv(1)
        server.settimeout(PATIENCE)
        server.shutdown(socket.SHUT_WR)
        self.assertEqual((client.recv(1), server.recv(1)), (b"", b""), "the end of both is one of both")

    def test_the_same_seed_draws_the_same(self):
        def cuts(seed):
            ends, lengths = Ends(self, "--seed", seed, "--up", "--cut-after", 1000), []
            for _ in range(8):
                client, server = ends.connect()
                client.sendall(bytes(1000))
                lengths.append(len(read_to_end(server)[0]))
            return lengths

        first = cuts(1)
        self.assertEqual(cuts(1), first)
        self.assertNotEqual(cuts(2), first)
        self.assertGreater(len(set(first)), 4)
        self.assertTrue(all(1 <= length <= 1000 for length in first))

    def test_rules_that_are_refused(self):
        for rules in ["--trickle", 0], ["--cut-after"], ["--cut-after", "x"], ["--seed", 0], ["--delay-ms", -1], ["--reset-after", 1 << 63]:
            with self.subTest(rules=rules), self.assertRaisesRegex(AssertionError, "usage: mangler"):
                Server("mangler", "--listen", "127.0.0.1:0", "--to", "127.0.0.1:1", *map(str, rules))
        with self.assertRaisesRegex(AssertionError, "usage: mangler"):
            Server("mangler", "--listen", "127.0.0.1:0")


if __name__ == "__main__":
    unittest.main()
