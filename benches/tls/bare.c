/* What OpenSSL's cryptography takes without any TLS around it: the least that a server over it can come down to. */
#include "ends.h"
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

enum { PLAIN = 16384, TAG = 16 };

static EVP_PKEY *signing, *peer;
static EVP_CIPHER_CTX *sealing, *opening;
static uint8_t plain[PLAIN], sealed[PLAIN + TAG];
static const uint8_t secret[16] = {1}, nonce[12] = {2}, header[5] = {23, 3, 3, (PLAIN + TAG) >> 8, (PLAIN + TAG) & 255};

static EVP_PKEY *read_key(const char *path)
{
    BIO *file = BIO_new_file(path, "r");
    EVP_PKEY *key;
    must(file != NULL, path);
    key = PEM_read_bio_PrivateKey(file, NULL, NULL, NULL);
    must(key != NULL, path);
    BIO_free(file);
    return key;
}

void bare_begin(const char *key)
{
    signing = read_key(key);
    peer = EVP_PKEY_Q_keygen(NULL, NULL, "X25519");
    sealing = EVP_CIPHER_CTX_new();
    opening = EVP_CIPHER_CTX_new();
    must(peer != NULL && sealing != NULL && opening != NULL, "libcrypto");
    must(EVP_EncryptInit_ex(sealing, EVP_aes_128_gcm(), NULL, secret, nonce) == 1, "cipher");
    must(EVP_DecryptInit_ex(opening, EVP_aes_128_gcm(), NULL, secret, nonce) == 1, "cipher");
    bare_seal();
}

void bare_end(void)
{
    EVP_PKEY_free(signing);
    EVP_PKEY_free(peer);
    EVP_CIPHER_CTX_free(sealing);
    EVP_CIPHER_CTX_free(opening);
}

void bare_seal(void)
{
    int n, is_good = EVP_EncryptInit_ex(sealing, NULL, NULL, NULL, nonce);
    is_good &= EVP_EncryptUpdate(sealing, NULL, &n, header, sizeof header);
    is_good &= EVP_EncryptUpdate(sealing, sealed, &n, plain, PLAIN);
    is_good &= EVP_EncryptFinal_ex(sealing, sealed + PLAIN, &n);
    must(is_good && EVP_CIPHER_CTX_ctrl(sealing, EVP_CTRL_AEAD_GET_TAG, TAG, sealed + PLAIN) == 1, "sealing");
}

void bare_open(void)
{
    int n, is_good = EVP_DecryptInit_ex(opening, NULL, NULL, NULL, nonce);
    is_good &= EVP_CIPHER_CTX_ctrl(opening, EVP_CTRL_AEAD_SET_TAG, TAG, sealed + PLAIN);
    is_good &= EVP_DecryptUpdate(opening, NULL, &n, header, sizeof header);
    is_good &= EVP_DecryptUpdate(opening, plain, &n, sealed, PLAIN);
    must(is_good && EVP_DecryptFinal_ex(opening, plain + PLAIN, &n) == 1, "opening");
}

void bare_exchange(void)
{
    uint8_t shared[32];
    size_t n = sizeof shared;
    EVP_PKEY *own = EVP_PKEY_Q_keygen(NULL, NULL, "X25519");
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(own, NULL);
    must(EVP_PKEY_derive_init(context) == 1 && EVP_PKEY_derive_set_peer(context, peer) == 1, "key exchange");
    must(EVP_PKEY_derive(context, shared, &n) == 1, "key exchange");
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(own);
}

void bare_exchange_and_sign(void)
{
    uint8_t signature[512];
    size_t n = sizeof signature;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *about = NULL;
    bare_exchange();
    must(context != NULL && EVP_DigestSignInit(context, &about, EVP_sha256(), NULL, signing) == 1, "signing");
    if (EVP_PKEY_is_a(signing, "RSA")) {
        must(EVP_PKEY_CTX_set_rsa_padding(about, RSA_PKCS1_PSS_PADDING) == 1, "padding");
        must(EVP_PKEY_CTX_set_rsa_pss_saltlen(about, RSA_PSS_SALTLEN_DIGEST) == 1, "padding");
    }
    must(EVP_DigestSign(context, signature, &n, plain, 130) == 1, "signing");
    EVP_MD_CTX_free(context);
}
