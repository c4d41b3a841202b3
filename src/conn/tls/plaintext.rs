//! A client that speaks HTTP without TLS gets a plaintext response, since it would not understand an alert.

use crate::conn::http1::{Kept, queue};
use crate::conn::send_queue::SendQueue;
use crate::conn::workspace::Workspace;
use crate::error::Error;
use crate::http1::write::{BodyLine, ConnectionLine, FieldRef, LibraryLines, ResponseHead, check_fields};

const CONTENT: &[u8] = b"This port speaks TLS: use https or wss.\n";

/// Queues the response with the records, all or nothing.
pub fn respond_in_plaintext(records: &mut SendQueue, ws: &mut Workspace) -> Result<(), Error> {
    let fields = [FieldRef { name: b"Content-Type", value: b"text/plain" }].into_iter();
    let body = BodyLine::Length(CONTENT.len() as u64);
    let lines = LibraryLines { date: ws.date.line(), body, connection: ConnectionLine::CLOSE, host: None };
    let (head, facts) = (ResponseHead { status: 400, reason: None, lines }, check_fields(fields.clone())?);
    let planned = head.plan(&facts)?;
    queue(records, &mut ws.records, &planned, fields, Kept::Copied(CONTENT))
}
