//! An echo server on tokio-tungstenite, as its own example has it: each message goes from the reading to the writing half.
//! Usage: tungstenite_echo PORT

use std::net::Ipv4Addr;

use futures_util::{StreamExt, TryStreamExt, future};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{accept_async, tungstenite::Error};

async fn echo(stream: TcpStream) -> Result<(), Error> {
    stream.set_nodelay(true)?;
    let (write, read) = accept_async(stream).await?.split();
    let messages = read.try_filter(|message| future::ready(message.is_text() || message.is_binary()));
    messages.forward(write).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok()).expect("usage: tungstenite_echo PORT");
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    loop {
        tokio::spawn(echo(listener.accept().await?.0));
    }
}
