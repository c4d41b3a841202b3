//! What the owner of a connection does with the file that its output stops at.

use super::workspace::File;

/// A file at the front of the output, as far as it is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileOutput {
    /// It may be sent from as it is, which is reported by `sent`; or it is read, as below.
    Send(File),
    /// The connection seals what it sends: some of the file is read and supplied.
    Read(File),
}

impl FileOutput {
    /// The file.
    pub fn file(self) -> File {
        let (Self::Send(file) | Self::Read(file)) = self;
        file
    }
}
