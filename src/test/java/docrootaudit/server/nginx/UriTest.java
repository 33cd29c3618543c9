package docrootaudit.server.nginx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTest {
    @ParameterizedTest
    @CsvSource({
        "/a/b?c=d,       /a/b,    c=d",
        "//a///b/,       /a/b/,   ''",
        "/a/./b/../c,    /a/c,    ''",
        "/a/..,          /,       ''",
        "/a/.,           /a/,     ''",
        "/%61%2fb,       /a/b,    ''",
        "/%2e%2E/a,      ,        ''",
        "/a%3fb%23%25,   /a?b#%,  ''",
        "/a?b#c,         /a,      b",
        "/a#b?c,         /a,      ''",
        "/...,           /...,    ''",
        "/.a/..b/c..,    /.a/..b/c.., ''"
    })
    void a_path_is_decoded_and_made_plain(String target, String path, String args) {
        var uri = Uri.parse(target, Uri.Slashes.MERGED);

        assertEquals(Optional.ofNullable(path), uri.map(Uri::path));
        uri.ifPresent(u -> assertEquals(args, u.args()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..", "/a/../../b", "/%", "/%2", "/%zz", "/%00", "/a b", "/a\u0001", "a", ""})
    void what_is_no_path_is_a_bad_request(String target) {
        assertEquals(Optional.empty(), Uri.parse(target, Uri.Slashes.MERGED));
    }
}
