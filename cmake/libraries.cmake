# SPDX-License-Identifier: Apache-2.0
# Why each one is here is said in CONTRIBUTING.md. find_library, not pkg-config, for msgpack: Debian
# 12 and 13 name it differently, and 13's .pc file carries a relative include directory.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(UV REQUIRED IMPORTED_TARGET libuv>=1.44)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3>=3.40)
pkg_check_modules(CRYPTO REQUIRED IMPORTED_TARGET libcrypto)
pkg_check_modules(FYAML REQUIRED IMPORTED_TARGET libfyaml)
pkg_check_modules(ICAL REQUIRED IMPORTED_TARGET libical)

function(smed_library target header)
    find_path(${target}_INCLUDE ${header} REQUIRED)
    find_library(${target}_LIBRARY NAMES ${ARGN} REQUIRED)
    add_library(${target} INTERFACE)
    target_include_directories(${target} SYSTEM INTERFACE ${${target}_INCLUDE})
    target_link_libraries(${target} INTERFACE ${${target}_LIBRARY})
endfunction()
# The static archive first: sme-ctl must start without loading a library.
smed_library(msgpack msgpack.h libmsgpackc.a libmsgpack-c.a msgpackc msgpack-c)
smed_library(csv csv.h csv)
smed_library(unistring unistr.h unistring)
