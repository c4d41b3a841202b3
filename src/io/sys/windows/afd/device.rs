//! The open driver.

use super::info::Info;
use super::status;
use crate::io::sys::windows::port::{Context, Share};
use core::ptr::{from_ref, null, null_mut};
use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use windows_sys::Wdk::Foundation::OBJECT_ATTRIBUTES;
use windows_sys::Wdk::Storage::FileSystem::{FILE_OPEN, NtCancelIoFileEx, NtCreateFile};
use windows_sys::Wdk::System::IO::NtDeviceIoControlFile;
use windows_sys::Win32::Foundation::{HANDLE, STATUS_PENDING, STATUS_SUCCESS, UNICODE_STRING};
use windows_sys::Win32::Storage::FileSystem::{FILE_SHARE_READ, FILE_SHARE_WRITE, SYNCHRONIZE};
use windows_sys::Win32::System::IO::IO_STATUS_BLOCK;

const IOCTL_AFD_POLL: u32 = 0x0001_2024;

const INFO_SIZE: u32 = size_of::<Info>() as u32;

/// The driver, opened once for some polls.
pub(super) struct Device(OwnedHandle);

impl Device {
    /// Opens it, so that its polls end with packets at the port. The last part of the name is for those who debug the system.
    pub(super) fn open(port: &Share) -> io::Result<Self> {
        let mut name: Vec<u16> = r"\Device\Afd\wireway".encode_utf16().collect();
        let octets = size_of_val(name.as_slice()) as u16;
        let name = UNICODE_STRING { Length: octets, MaximumLength: octets, Buffer: name.as_mut_ptr() };
        let attributes = OBJECT_ATTRIBUTES {
            Length: size_of::<OBJECT_ATTRIBUTES>() as u32,
            RootDirectory: null_mut(),
            ObjectName: from_ref(&name),
            Attributes: 0,
            SecurityDescriptor: null(),
            SecurityQualityOfService: null(),
        };
        let (mut device, mut ended) = (null_mut(), status::none());
        let share = FILE_SHARE_READ | FILE_SHARE_WRITE;
        // SAFETY: structs of ours are read or written, and stay through the call.
        let result = unsafe {
            NtCreateFile(
                &raw mut device,
                SYNCHRONIZE,
                &raw const attributes,
                &raw mut ended,
                null(),
                0,
                share,
                FILE_OPEN,
                0,
                null(),
                0,
            )
        };
        if result != STATUS_SUCCESS {
            return Err(status::error(result));
        }
        // SAFETY: the call made it, and nobody else has seen it.
        let device = Self(unsafe { OwnedHandle::from_raw_handle(device) });
        port.add(device.handle())?;
        Ok(device)
    }

    /// Starts a poll, whose packet has this context.
    ///
    /// # Safety
    ///
    /// Both structs stay in place, and nobody else uses them, until the packet is back.
    pub(super) unsafe fn poll(
        &self,
        status: *mut IO_STATUS_BLOCK,
        info: *mut Info,
        context: Context,
    ) -> io::Result<()> {
        let context = core::ptr::without_provenance(context);
        let (request, size) = (info.cast(), INFO_SIZE);
        // SAFETY: as the caller promises. The context is a number to the system.
        let result = unsafe {
            (*status).Anonymous.Status = STATUS_PENDING;
            let device = self.handle();
            NtDeviceIoControlFile(
                device,
                null_mut(),
                None,
                context,
                status,
                IOCTL_AFD_POLL,
                request,
                size,
                info.cast(),
                size,
            )
        };
        if matches!(result, STATUS_SUCCESS | STATUS_PENDING) { Ok(()) } else { Err(status::error(result)) }
    }

    /// Lets the poll with this status end, unless it has: then the call fails, and the packet is at the port.
    pub(super) fn cancel(&self, of: *const IO_STATUS_BLOCK) {
        let mut ended = status::none();
        // SAFETY: the pointer names the poll to the system, and a struct of ours is written.
        unsafe { NtCancelIoFileEx(self.handle(), of, &raw mut ended) };
    }

    fn handle(&self) -> HANDLE {
        self.0.as_raw_handle()
    }
}
