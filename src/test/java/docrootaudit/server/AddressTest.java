package docrootaudit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.0/8,   127.255.0.1, true",
        "127.0.0.0/8,   128.0.0.0,   false",
        "10.1.2.3,      10.1.2.3,    true",
        "10.1.2.3,      10.1.2.2,    false",
        "0.0.0.0/0,     1.2.3.4,     true",
        "0.0.0.0/0,     ::1,         false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::/0,          1.2.3.4,     false"
    })
    void a_network_holds_the_addresses_that_share_its_leading_bits(String network, String address, String expected) {
        assertEquals(
                expected,
                Network.parse(network)
                                .orElseThrow()
                                .contains(Address.parse(address).orElseThrow())
                        + "");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost",
        "1.2.3",
        "256.1.1.1",
        "1.2.3.4.5",
        "1::2::3",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/x",
        "''"
    })
    void what_is_no_literal_is_no_network_and_never_looked_up(String text) {
        assertEquals(Optional.empty(), Network.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "::1",
        "::",
        "2001:db8::1",
        "2001:db8:0:1:1:1:1:1",
        "2001:0:0:1::1",
        "2001:db8::1:0:0:1",
        "fe80::",
        "::ffff:0:1:2",
        "::1:2:3",
        "1:2:3:4:5:6:7:8",
        "10.0.0.1"
    })
    void an_address_is_written_as_servers_write_it(String text) {
        assertEquals(text, Address.parse(text).orElseThrow().toString());
    }

    @Test
    void an_address_of_ipv4_in_one_of_ipv6_shows() {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, 10, 0, 0, 1};
        byte[] compatible = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1};

        assertEquals("::ffff:10.0.0.1", Address.of(mapped).toString());
        assertEquals("::10.0.0.1", Address.of(compatible).toString());
    }
}
