package docrootaudit.server.nginx;

import docrootaudit.server.Address;
import docrootaudit.server.Answer.Doubt;
import docrootaudit.server.ConfigSyntaxException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.codec.digest.MurmurHash2;

/** A variable that is made of another by a block of {@code http}. */
sealed interface Table permits Geo, Table.Map, Table.Split {
    Directive directive();

    Value value(Variables variables, Address visitor);

    /**
     * Whether it tells visitors apart by where they come from.
     *
     * @param about whether a text with variables does
     */
    boolean isAboutAddress(Predicate<Template> about);

    /** Whether it is computed anew each time. */
    default boolean isVolatile() {
        return false;
    }

    /** {@code map}: {@code ngx_http_map_module.c}. */
    record Map(
            Directive directive,
            Template input,
            NameTable<Template> names,
            Template otherwise,
            boolean hostnames,
            boolean isVolatile)
            implements Table {
        @Override
        public Value value(Variables variables, Address visitor) {
            Value in = input.evaluate(variables::value);
            Value out = find(variables, in.text()).evaluate(variables::value);
            Optional<Doubt> doubt = in.doubt()
                    .map(d -> d.source().isPresent() ? d : new Doubt(d.reason(), Optional.of(directive.source())));
            return new Value(out.text(), doubt.or(out::doubt));
        }

        private Template find(Variables variables, String text) {
            String key = text.toLowerCase(Locale.ROOT);
            if (hostnames && key.endsWith(".")) {
                key = key.substring(0, key.length() - 1);
            }
            Optional<Template> found = names.find(key);
            if (found.isPresent()) {
                return found.get();
            }
            for (NameTable.Pattern<Template> pattern : names.patterns()) {
                if (!text.isEmpty() && variables.match(pattern.pcre(), text, directive)) {
                    return pattern.value();
                }
            }
            return otherwise;
        }

        @Override
        public boolean isAboutAddress(Predicate<Template> about) {
            return about.test(input);
        }
    }

    /** {@code split_clients}: {@code ngx_http_split_clients_module.c}. */
    record Split(Directive directive, Template input, List<Part> parts) implements Table {
        /**
         * A share of all values.
         *
         * @param below hashes below this, unsigned, belong to it, if no part before has taken them
         */
        record Part(long below, String value) {}

        @Override
        public Value value(Variables variables, Address visitor) {
            Value in = input.evaluate(variables::value);
            byte[] bytes = in.text().getBytes(StandardCharsets.ISO_8859_1);
            long hash = Integer.toUnsignedLong(MurmurHash2.hash32(bytes, bytes.length, 0));
            String value = parts.stream()
                    .filter(p -> hash < p.below())
                    .findFirst()
                    .map(Part::value)
                    .orElse("");
            Optional<Doubt> doubt = in.doubt()
                    .map(d -> d.source().isPresent() ? d : new Doubt(d.reason(), Optional.of(directive.source())));
            return new Value(value, doubt);
        }

        @Override
        public boolean isAboutAddress(Predicate<Template> about) {
            return false;
        }
    }

    /** A {@code split_clients}. */
    static Table split(Directive directive) throws ConfigSyntaxException {
        List<Split.Part> parts = new ArrayList<>();
        long last = 0;
        for (Directive entry : directive.children()) {
            boolean rest = entry.name().equals("*");
            if (!rest && !entry.name().matches("\\d{1,3}(\\.\\d{1,2})?%")) {
                throw new ConfigSyntaxException(Optional.of(entry.source()), "invalid percent value in split_clients");
            }
            // hundredths of a per cent, of the whole range of the hash
            String number = entry.name().replace("%", "");
            last += rest ? 0 : new BigDecimal(number).movePointRight(2).longValueExact() * 0xffffffffL / 10000;
            parts.add(new Split.Part(rest ? 1L << 32 : last, entry.word(0)));
        }
        return new Split(directive, Template.of(directive.word(0), directive.source()), List.copyOf(parts));
    }

    /** A {@code map}. */
    static Table map(Directive directive) throws ConfigSyntaxException {
        boolean hostnames = directive.children().stream().anyMatch(d -> d.name().equals("hostnames") && isBare(d));
        boolean isVolatile =
                directive.children().stream().anyMatch(d -> d.name().equals("volatile") && isBare(d));
        NameTable<Template> names = new NameTable<>();
        Template otherwise = Template.literal("");
        for (Directive entry : directive.children()) {
            if (isBare(entry)) {
                continue;
            }
            String key = entry.name();
            Template value = Template.of(entry.word(0), entry.source());
            if (key.equals("default")) {
                otherwise = value;
            } else if (key.startsWith("~*")) {
                names.add(Regex.compile(key.substring(2), Regex.Case.IGNORED), value);
            } else if (key.startsWith("~")) {
                names.add(Regex.compile(key.substring(1), Regex.Case.SENSITIVE), value);
            } else {
                String bare = key.startsWith("\\") ? key.substring(1) : key;
                if (hostnames) {
                    names.add(bare, value);
                } else {
                    names.addPlain(bare, value);
                }
            }
        }
        Template input = Template.of(directive.word(0), directive.source());
        return new Map(directive, input, names, otherwise, hostnames, isVolatile);
    }

    private static boolean isBare(Directive entry) {
        return entry.words().isEmpty();
    }
}
