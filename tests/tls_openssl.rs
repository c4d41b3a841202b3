//! TLS against OpenSSL's `s_client` and `s_server`, over loopback.
#![cfg(all(unix, feature = "tls"))]

mod tls_support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tls_support::{End, Files};
use wireway::conn::Plain;
use wireway::tls::{Certificate, Options, Role, TlsConfig, Trust};

const VERSIONS: [(&str, u16); 2] = [("-tls1_2", 0x0303), ("-tls1_3", 0x0304)];

/// A child that ends with its test.
struct Openssl(Child);

impl Openssl {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new("openssl");
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        Self(command.spawn().expect("the program openssl is there"))
    }

    fn say(&mut self, text: &[u8]) {
        self.0.stdin.as_mut().unwrap().write_all(text).unwrap();
    }
}

impl Drop for Openssl {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Writes what an end has, then reads and hears, until `is_done`.
fn pump_until(end: &mut End, transport: &mut TcpStream, is_done: impl Fn(&End) -> bool) {
    transport.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
    let mut buffer = [0; 4000];
    loop {
        transport.write_all(&end.out(usize::MAX)).unwrap();
        if is_done(end) {
            return;
        }
        let n = transport.read(&mut buffer).expect("the peer has something to say");
        assert!(n > 0, "the peer closed: {:?}", end.rest);
        end.hear(&buffer[..n]);
        assert!(end.rest.is_ok(), "{:?}", end.rest);
    }
}

fn texts(files: &Files) -> [String; 3] {
    files.paths().map(|path| path.to_str().unwrap().to_owned())
}

#[test]
fn a_server_of_ours() {
    let files = Files::new("s_client");
    let [chain, key, _] = files.paths().map(|path| std::fs::read(path).unwrap());
    let certificates = [Certificate { chain: &chain, key: &key, ..Certificate::default() }];
    let options = Options { certificates: &certificates, ..Options::new(Role::Server) };
    let config = TlsConfig::new(&options).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let [_, _, roots] = texts(&files);
    for (flag, version) in VERSIONS {
        let host = ["-servername", "example.com", "-verify_hostname", "example.com", "-verify_return_error"];
        let more = ["-CAfile", &roots, "-alpn", "http/1.1", "-quiet", "-no_ign_eof", flag];
        let arguments = [&["s_client", "-connect", &address], &host[..], &more].concat();
        let mut client = Openssl::start(&arguments);
        let mut transport = listener.accept().unwrap().0;
        let mut server = End::new(&config, "");
        client.say(b"hello from s_client\n");
        pump_until(&mut server, &mut transport, |server| server.got.ends_with(b"\n"));
        assert_eq!(server.got, b"hello from s_client\n");
        assert_eq!(server.pump.session().version(), Some(version));
        assert_eq!(server.pump.session().server_name(), Some("example.com"));
        assert_eq!(server.pump.session().alpn(), Some(&b"http/1.1"[..]));
        let content = vec![b'x'; 100_000];
        assert!(server.send(&[b"head ", &content]));
        server.pump.close(&mut server.ws).unwrap();
        transport.write_all(&server.out(usize::MAX)).unwrap();
        let mut heard = Vec::new();
        client.0.stdout.as_mut().unwrap().read_to_end(&mut heard).unwrap();
        assert_eq!(heard, [&b"head "[..], &content].concat());
    }
}

#[test]
fn a_client_of_ours() {
    let files = Files::new("s_server");
    let [chain, key, roots] = texts(&files);
    let roots = std::fs::read(roots).unwrap();
    let options = Options { trust: Trust::Roots(&roots), ..Options::new(Role::Client) };
    let config = TlsConfig::new(&options).unwrap();
    for (flag, version) in VERSIONS {
        let arguments = ["s_server", "-accept", "127.0.0.1:0", "-cert", &chain, "-key", &key, "-rev", flag];
        let mut server = Openssl::start(&arguments);
        let mut lines = BufReader::new(server.0.stdout.take().unwrap()).lines();
        let address = lines.find_map(|line| line.unwrap().strip_prefix("ACCEPT ").map(str::to_owned)).unwrap();
        let mut transport = TcpStream::connect(address).unwrap();
        let mut client = End::new(&config, "example.com:443");
        pump_until(&mut client, &mut transport, |client| !client.pump.session().is_handshaking());
        assert!(client.send(&[b"sdraw", b"kcab\n"]));
        pump_until(&mut client, &mut transport, |client| client.got.ends_with(b"\n"));
        assert_eq!(client.got, b"backwards\n");
        assert_eq!(client.pump.session().version(), Some(version));
        client.pump.close(&mut client.ws).unwrap();
        pump_until(&mut client, &mut transport, |client| client.rest == Ok(Plain::Done));
    }
}
