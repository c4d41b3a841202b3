//! HTTP/1.1 on a connection: heads and content between the window, the queue and the owner.
//!
//! [`Http1`] has the owner's calls; [`super::pull`] uses the receiving side. The protocol is in
//! [`crate::http1::machine`].

mod error_answer;
mod expect_continue;
mod fields;
mod head_out;
mod recv_content;
mod recv_request;
mod recv_response;
mod send_content;
mod send_file_response;
mod send_request;
mod send_response;
mod upgrade;
mod view;
mod whole_content;

pub use error_answer::ErrorAnswer;
pub use expect_continue::ExpectContinue;
pub use fields::value_of;
pub use head_out::{Kept, facts_of, queue};
pub use recv_content::RecvContent;
pub use recv_request::{RecvRequest, Whole};
pub use recv_response::RecvResponse;
pub use send_content::SendContent;
pub use send_file_response::FileResponse;
pub use send_request::{Request, SendRequest};
pub use send_response::{Response, SendResponse};
pub use view::Http1;
pub use whole_content::WholeContent;
