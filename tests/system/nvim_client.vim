" SPDX-License-Identifier: Apache-2.0
" Writes to $RESULT what is wrong, and in the end: done.
function! s:Check(what, expected, got) abort
    if a:expected !=# a:got
        throw a:what . ': expected ' . string(a:expected) . ', got ' . string(a:got)
    endif
endfunction

function! s:Main() abort
    let l:smed = sockconnect('pipe', $SME_SOCKET, {'rpc': v:true})
    call s:Check('ping', v:t_number, type(rpcrequest(l:smed, 'system.ping').now))

    let l:request = '01939000-0000-7000-8000-00000000000'
    let l:coop = {'code': 'coopemel', 'name': 'Cooperativa Melífera', 'request': l:request . '1'}
    call s:Check('create', 'coopemel', rpcrequest(l:smed, 'coop.create', l:coop).cooperative)
    let l:member = {'code': 'colmena', 'name': 'La Colmena', 'activity': 'farm', 'cooperative': 'coopemel',
          \ 'request': l:request . '2'}
    call s:Check('member', 'coopemel', rpcrequest(l:smed, 'enterprise.create', l:member).cooperative)
    let l:status = rpcrequest(l:smed, 'status.show', {'holder': 'coopemel'})
    call s:Check('status', 'Cooperativa Melífera', l:status.name)
    call s:Check('members', 1, l:status.members)

    let l:refused = 0
    try
        call rpcrequest(l:smed, 'status.show', {'holder': 'nobody'})
    catch
        let l:refused = 1
    endtry
    call s:Check('an unknown holder is refused', 1, l:refused)
    call s:Check('ping after an error', v:t_number, type(rpcrequest(l:smed, 'system.ping').now))
endfunction

try
    call s:Main()
    call writefile(['done'], $RESULT)
catch
    call writefile([v:throwpoint, v:exception], $RESULT)
endtry
qall!
