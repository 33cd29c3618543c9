package docrootaudit.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulePlacesTest {
    private static final String NGINX = """
            deny all;
            server {
                server_name shop.test www.shop.test;
                location ~ "^/[0-9]{4}/" { deny all; }
                location /news/ {
                    # deny all;
                    deny all;
                    deny   all;
                }
            }
            server {
                server_name blog.test;
                location /news/ { expires 1d; deny all; }
            }
            """;
    private static final String APACHE = """
            <VirtualHost *:80>
                ServerName shop.test
                <Directory /srv/shop>
                    Require all denied
                </Directory>
                <FilesMatch "^[.]">
                    Require all denied
                </FilesMatch>
            </VirtualHost>
            """;

    @ParameterizedTest
    @CsvSource(textBlock = """
                    1, ''
                    7, in location /news/ of shop.test
                    8, 'in location /news/ of shop.test, 2'
                    13, in location /news/ of blog.test
                    """)
    void lines_of_nginx_are_told_apart_by_their_blocks(int line, String place) {
        assertEquals(place, RulePlaces.of(NGINX).of(line, "deny all"));
    }

    @Test
    void sections_of_apache_tell_lines_apart() {
        RulePlaces places = RulePlaces.of(APACHE);

        assertEquals("in <Directory /srv/shop> of shop.test", places.of(4, "Require all denied"));
        assertEquals("in <FilesMatch \"^[.]\"> of shop.test", places.of(7, "Require all denied"));
    }

    @Test
    void of_a_tenants_file_no_more_than_the_names_of_sections_is_told() {
        RulePlaces places = RulePlaces.ofTenants("<Files secret.txt>\nRequire all denied\n</Files>\n");

        assertEquals("in <Files", places.of(2, "Require"));
    }

    @Test
    void a_line_that_is_added_above_changes_no_place() {
        String more = "location /old/ { deny all; }\n" + NGINX;

        assertEquals(RulePlaces.of(NGINX).of(7, "deny all"), RulePlaces.of(more).of(8, "deny all"));
    }

    @Test
    void a_rule_that_is_gone_from_its_place_does_not_stand_though_others_are_like_it() {
        String place = "in location /news/ of blog.test";

        assertTrue(RulePlaces.of(NGINX).hold("deny all", place));
        assertFalse(RulePlaces.of(NGINX.replace("1d; deny all;", "1d;")).hold("deny all", place));
    }
}
