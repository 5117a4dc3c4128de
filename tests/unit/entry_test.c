/* SPDX-License-Identifier: Apache-2.0 */
/* Golden vectors of the journal's canonical bytes and hashes, made by another implementation
 * (Python's msgpack and hashlib), and that implementation's verdict on an export made of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/mp.h"
#include "daemon/journal/entry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ENTRIES = 2 };

static const uint8_t detached[] = "\x92\x92\xa3\x34\x2e\x31\x01\x95\xa3\x34\x2e\x32\x02\x02\x03\xad"
                                  "drain blocked";
static const uint8_t params_1[] = "\x82\xa4"
                                  "code\xa1"
                                  "A\xa4"
                                  "name\xa5"
                                  "Alpha";
static const uint8_t params_2[] = "\x85\xa6"
                                  "holder\xa1"
                                  "A\xa7"
                                  "edition\xae"
                                  "iso-14001:2015\xa4"
                                  "kind\xb3"
                                  "internal_inspection\xa2"
                                  "on\xaa"
                                  "2026-11-23\xa9"
                                  "responses\xc4\x20"
                                  "\x64\xec\xa4\xea\x32\x49\x01\xca\xd5\x42\x72\xdd\xc8\xb9\x3b\xa8"
                                  "\x17\xc9\x6e\x12\x73\xa9\x58\xcb\xf6\xdf\xe3\x6f\x04\x72\xa7\xce";

static const struct golden {
    struct entry entry;
    const char *canonical, *hash;
} golden[ENTRIES] = {
    { { .seq = 1,
        .at = { 1795417200000000 },
        .uid = 0,
        .user = "root",
        .method = "coop.create",
        .request = { 0x01, 0x8f, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1 },
        .params = params_1,
        .params_size = sizeof params_1 - 1 },
      "9701cf000660ec246dfc0000a4726f6f74ab636f6f702e637265617465d92430313866303030302d303030302d37303030"
      "2d383030302d303030303030303030303031c41382a4636f6465a141a46e616d65a5416c706861",
      "3abae6e36f6625bb9bd14308b53596ce830d079b9be5003b305493e216438294" },
    { { .seq = 2,
        .at = { 1795417200000001 },
        .uid = 70000,
        .user = "ana",
        .method = "audit.record",
        .request = { 0x01, 0x8f, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 0xff },
        .params = params_2,
        .params_size = sizeof params_2 - 1 },
      "9702cf000660ec246dfc01ce00011170a3616e61ac61756469742e7265636f7264d92430313866303030302d303030302d"
      "373030302d383030302d303030303030303030306666c47485a6686f6c646572a141a765646974696f6eae69736f2d3134"
      "3030313a32303135a46b696e64b3696e7465726e616c5f696e7370656374696f6ea26f6eaa323032362d31312d3233a972"
      "6573706f6e736573c42064eca4ea324901cad54272ddc8b93ba817c96e1273a958cbf6dfe36f0472a7ce",
      "2811caf7aab04f387304569dce5ccd0551b45edce37c6395cf2d7fbdd2dd9e9a" },
};

static void canonical_bytes(void **state)
{
    (void)state;
    for (int i = 0; i < ENTRIES; i++) {
        struct buf b;
        char hex[1024] = "";
        buf_init(&b, 4096);
        entry_canonical(&golden[i].entry, &b);
        for (size_t k = 0; k < b.size; k++)
            snprintf(hex + 2 * k, 3, "%02x", b.data[k]);
        assert_string_equal(hex, golden[i].canonical);
        buf_fini(&b);
    }
}

static void hashes_chain(void **state)
{
    (void)state;
    uint8_t hash[ENTRY_HASH] = { 0 }, other[ENTRY_HASH];
    char hex[ENTRY_HEX];
    for (int i = 0; i < ENTRIES; i++) {
        assert_true(entry_hash(hash, &golden[i].entry, hash));
        assert_string_equal(entry_hex(hash, hex), golden[i].hash);
    }
    assert_true(entry_hash(hash, &golden[1].entry, other));
    assert_memory_not_equal(hash, other, ENTRY_HASH);
}

static void digest_is_salted(void **state)
{
    (void)state;
    uint8_t digest[ENTRY_HASH];
    char hex[ENTRY_HEX];
    assert_true(entry_digest("salt", 4, "data", 4, digest));
    assert_string_equal(entry_hex(digest, hex), "418e1555fc77064e56cc3b872f826b87245374c337fecc5b625664ef118c9ab7");
    assert_true(entry_digest(NULL, 0, detached, sizeof detached - 1, digest));
    assert_memory_equal(digest, params_2 + sizeof params_2 - 1 - ENTRY_HASH, ENTRY_HASH);
}

/* What sme-ctl journal export writes. */
static void write_export(const char *path, bool altered)
{
    struct buf b;
    msgpack_packer pk;
    uint8_t hash[ENTRY_HASH] = { 0 };
    buf_init(&b, 1 << 20);
    mp_packer_init(&pk, &b);
    for (int i = 0; i < ENTRIES; i++) {
        const struct entry *entry = &golden[i].entry;
        char request[UUID_TEXT];
        assert_true(entry_hash(hash, entry, hash));
        msgpack_pack_array(&pk, 9);
        msgpack_pack_int64(&pk, entry->seq);
        msgpack_pack_int64(&pk, entry->at.us);
        msgpack_pack_int64(&pk, entry->uid);
        mp_put_text(&pk, altered && i == 0 ? "Root" : entry->user);
        mp_put_text(&pk, entry->method);
        mp_put_text(&pk, uuid_format(entry->request, request));
        mp_put_bytes(&pk, entry->params, entry->params_size);
        mp_put_bytes(&pk, hash, ENTRY_HASH);
        msgpack_pack_array(&pk, (size_t)i);
        if (i == 1)
            mp_put_bytes(&pk, detached, sizeof detached - 1);
    }
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(b.data, 1, b.size, f), b.size);
    fclose(f);
    buf_fini(&b);
}

/* A python that has msgpack, or NULL. */
static const char *find_python(void)
{
    static const char *const pythons[] = { "python3", "/usr/bin/python3" };
    for (size_t i = 0; i < sizeof pythons / sizeof pythons[0]; i++) {
        char command[100];
        snprintf(command, sizeof command, "%s -c 'import msgpack' 2>/dev/null", pythons[i]);
        if (system(command) == 0)
            return pythons[i];
    }
    return NULL;
}

static int verify(const char *python, const char *path, const char *pin, const char *expected)
{
    char command[600];
    snprintf(command, sizeof command, "%s %s/tests/system/verify_journal.py %s %s 2>&1 | grep -qF '%s'", python,
             SMED_SOURCE_DIR, path, pin, expected);
    return system(command);
}

static void another_language_agrees(void **state)
{
    (void)state;
    char path[] = "/tmp/journal-XXXXXX", head[100], pin[100];
    const char *python = find_python();
    if (python == NULL) {
        print_message("skipped: no python3 with msgpack\n");
        skip();
    }
    close(mkstemp(path));
    write_export(path, false);
    snprintf(head, sizeof head, "2 %s", golden[1].hash);
    snprintf(pin, sizeof pin, "1 %s", golden[0].hash);
    assert_int_equal(verify(python, path, "", head), 0);
    assert_int_equal(verify(python, path, pin, head), 0);
    pin[0] = '2';
    assert_int_equal(verify(python, path, pin, "entry 2 is broken"), 0);
    pin[0] = '3';
    assert_int_equal(verify(python, path, pin, "the pinned entry is missing"), 0);
    write_export(path, true);
    assert_int_equal(verify(python, path, "", "entry 1 is broken"), 0);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(canonical_bytes), cmocka_unit_test(hashes_chain),
                                        cmocka_unit_test(digest_is_salted), cmocka_unit_test(another_language_agrees) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
