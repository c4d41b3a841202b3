//! Clients in processes of their own: this program again, with another role.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use crate::system::raise_descriptors;

/// The argument behind which the role of a client stands.
pub const ROLE: &str = "--clients";

const REQUEST: &[u8] = b"GET /plaintext HTTP/1.1\r\nHost: localhost\r\n\r\n";

/// A process with open connections, which end with it.
pub struct Clients {
    child: Child,
    /// Tells each time that all connections have their responses.
    pub done: Receiver<()>,
}

impl Clients {
    /// Connections to a server, each of which makes one request.
    pub fn new(server: SocketAddr, connections: usize) -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut command = Command::new(program);
        command.args([ROLE, &server.to_string(), &connections.to_string()]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a process");
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let (told, done) = channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|_| told.send(())));
        Self { child, done }
    }

    /// Starts so many rounds of one request on each connection.
    pub fn start(&mut self, rounds: usize) {
        writeln!(self.child.stdin.as_mut().expect("a pipe"), "{rounds}").expect("the process lives");
    }
}

impl Drop for Clients {
    fn drop(&mut self) {
        // The end of its input ends it.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// The other process: connects, makes a round, and then as many rounds as each line of its input says.
pub fn run(arguments: &[String]) {
    let [server, connections] = arguments else { panic!("{ROLE} SERVER CONNECTIONS") };
    raise_descriptors();
    let count = connections.parse().expect("a number");
    let mut all: Vec<TcpStream> = (0..count).map(|_| TcpStream::connect(server).expect("a connection")).collect();
    all.iter().for_each(|connection| connection.set_nodelay(true).expect("an option"));
    round(&mut all);
    println!("done");
    for line in std::io::stdin().lines().map_while(Result::ok) {
        (0..line.parse().expect("a number")).for_each(|_: usize| round(&mut all));
        println!("done");
    }
}

/// A request on each connection at a time, and all responses.
fn round(all: &mut [TcpStream]) {
    all.iter_mut().for_each(|connection| connection.write_all(REQUEST).expect("a request"));
    for connection in all {
        let (mut response, mut len) = ([0; 1024], 0);
        while !response[..len].ends_with(b"Hello, World!") {
            let more = connection.read(&mut response[len..]).expect("a response");
            assert_ne!(more, 0, "the server has closed");
            len += more;
        }
    }
}
