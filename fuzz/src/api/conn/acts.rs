//! What an application does at a time of its own.

use wireway::ffi::message::*;
use wireway::ffi::ws_message::{WW_SEND_BINARY, WW_SEND_TEXT};

use super::deeds::Deed;
use super::world::World;
use super::{write, write_file, write_websocket};
use crate::api::application::{Mode, Offer};
use crate::api::input::Input;
use crate::api::octets::content;

/// What an application of this state has a reason to do.
pub fn act(world: &mut World, at: usize, input: &mut Input) {
    let end = &world.ends[at];
    let choices: &[Deed] = match end.app.mode {
        Mode::WebSocket => &[message, message, message, message, prepared, ping, close],
        Mode::Raw => &[send, send, send_lent, send_file, finish],
        Mode::Http if end.app.open.is_some() => &[send, send, send_lent, send_file, finish],
        Mode::Http if !end.is_server => &[request, request, request, request_websocket],
        Mode::Http if end.app.offer != Offer::Nothing => &[upgrade, upgrade, upgrade, respond],
        Mode::Http => &[respond, respond, respond_file, inform],
    };
    input.of(choices)(world, at, input);
}

/// Whatever the state is; most of it is refused.
pub fn anything(world: &mut World, at: usize, input: &mut Input) {
    let choices: &[Deed] = &[
        request,
        request_websocket,
        respond,
        send,
        send_lent,
        send_file,
        finish,
        upgrade,
        message,
        prepared,
        ping,
        close,
        inform,
    ];
    input.of(choices)(world, at, input);
}

fn request(world: &mut World, at: usize, input: &mut Input) {
    let (kind, len) = (usize::from(input.octet()), input.length());
    write::request(&mut world.ends[at], kind, len);
}

fn respond(world: &mut World, at: usize, input: &mut Input) {
    const FLAGS: [u32; 8] = [
        0,
        0,
        WW_MESSAGE_STREAM,
        WW_MESSAGE_STREAM,
        WW_MESSAGE_STREAM | WW_MESSAGE_LENGTH,
        WW_MESSAGE_LENT,
        WW_MESSAGE_CLOSE,
        WW_MESSAGE_CLOSE | WW_MESSAGE_STREAM,
    ];
    let status = input.of(&[200, 200, 200, 404, 204, 304]);
    let (flags, len) = (input.of(&FLAGS), input.length());
    write::respond(&mut world.ends[at], status, len, flags);
}

fn respond_file(world: &mut World, at: usize, input: &mut Input) {
    let (octet, len) = (input.octet(), input.length());
    let (offset, is_part) = (u64::from(octet >> 1), octet & 1 != 0);
    write_file::respond_file(&mut world.ends[at], offset, len, is_part);
}

/// Mostly as much as may follow.
fn len_of_part(world: &World, at: usize, input: &mut Input) -> usize {
    let len = input.length();
    match world.ends[at].app.open {
        Some((_, Some(left))) if left > 0 => len.min(left as usize),
        _ => len,
    }
}

fn send(world: &mut World, at: usize, input: &mut Input) {
    let octets = content(3, len_of_part(world, at, input));
    write::send(&mut world.ends[at], &octets);
}

fn send_lent(world: &mut World, at: usize, input: &mut Input) {
    let octets = content(4, len_of_part(world, at, input));
    write::send_lent(&mut world.ends[at], &octets);
}

fn send_file(world: &mut World, at: usize, input: &mut Input) {
    let len = len_of_part(world, at, input);
    write_file::send_file(&mut world.ends[at], u64::from(input.octet()), len);
}

fn finish(world: &mut World, at: usize, input: &mut Input) {
    write::finish(&mut world.ends[at], input.rarely(4));
}

fn upgrade(world: &mut World, at: usize, _: &mut Input) {
    write::upgrade(&mut world.ends[at]);
}

fn request_websocket(world: &mut World, at: usize, _: &mut Input) {
    write_websocket::request(&mut world.ends[at]);
}

fn message(world: &mut World, at: usize, input: &mut Input) {
    let (octet, len) = (input.octet(), input.length());
    let end = &mut world.ends[at];
    let flags = write_websocket::part(end, octet & 1 != 0, octet & 6 != 6);
    write_websocket::send(end, flags, content(end.said.frames.len(), len));
}

fn prepared(world: &mut World, at: usize, input: &mut Input) {
    let (flags, len) = (input.of(&[WW_SEND_BINARY, WW_SEND_TEXT]), input.length());
    write_websocket::send_prepared(&mut world.ends[at], flags, content(5, len));
}

fn ping(world: &mut World, at: usize, input: &mut Input) {
    let octets = content(6, usize::from(input.octet()) / 2);
    write_websocket::ping(&mut world.ends[at], &octets);
}

fn inform(world: &mut World, at: usize, input: &mut Input) {
    let status = input.of(&[100, 102, 103]);
    write::inform(&mut world.ends[at], status);
}

fn close(world: &mut World, at: usize, input: &mut Input) {
    let code = input.of(&[0, 1000, 1001, 4000]);
    write_websocket::close(&mut world.ends[at], code);
}
