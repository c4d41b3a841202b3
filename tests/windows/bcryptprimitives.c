/* The DLL from which programs of Rust take random octets, where Wine has none (Wine 8): run.sh. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID into, ULONG len); /* RtlGenRandom */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE into, SIZE_T len)
{
    while (len > 0) {
        ULONG part = len > 1u << 20 ? 1u << 20 : (ULONG)len;
        if (!SystemFunction036(into, part))
            return FALSE;
        into += part;
        len -= part;
    }
    return TRUE;
}
