package docrootaudit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void jupiter_runs_tests() {
        assertEquals("docrootaudit", Main.class.getPackageName());
    }

    @Property
    void jqwik_runs_properties(@ForAll String text) {
        assertEquals(text, new StringBuilder(text).reverse().reverse().toString());
    }
}
