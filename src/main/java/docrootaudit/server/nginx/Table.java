package docrootaudit.server.nginx;

import docrootaudit.server.Address;
import docrootaudit.server.Answer.Doubt;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Network;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.codec.digest.MurmurHash2;

/** A variable that is made of another by a block of {@code http}. */
sealed interface Table {
    Directive directive();

    Value value(Variables variables, Address visitor);

    boolean isAboutAddress();

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
        public boolean isAboutAddress() {
            return input.mentions(Variables::isAddress);
        }
    }

    /** {@code geo}: {@code ngx_http_geo_module.c}. */
    record Geo(Directive directive, Optional<Template> input, List<Block> blocks, String otherwise, boolean proxied)
            implements Table {
        /** Addresses and what they stand for. */
        record Block(Network network, String value) {}

        @Override
        public Value value(Variables variables, Address visitor) {
            if (proxied) {
                return Value.unknown(
                        new Doubt("the address may come from a proxy's header", Optional.of(directive.source())));
            }
            Optional<Value> text = input.map(i -> i.evaluate(variables::value));
            Optional<Address> address = text.isEmpty()
                    ? Optional.of(visitor)
                    : Address.parse(text.get().text());
            String found = otherwise;
            int longest = -1;
            for (Block block : blocks) {
                if (address.isPresent()
                        && block.network().contains(address.get())
                        && block.network().prefix() >= longest) {
                    longest = block.network().prefix();
                    found = block.value();
                }
            }
            return new Value(found, text.flatMap(Value::doubt));
        }

        @Override
        public boolean isAboutAddress() {
            return true;
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
        public boolean isAboutAddress() {
            return false;
        }
    }

    /** A choice that is not known here. */
    record Unknown(Directive directive, String why) implements Table {
        @Override
        public Value value(Variables variables, Address visitor) {
            return Value.unknown(new Doubt(why, Optional.of(directive.source())));
        }

        @Override
        public boolean isAboutAddress() {
            return true;
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

    /** A {@code geo}. */
    static Table geo(Directive directive) throws ConfigSyntaxException {
        Optional<Template> input = directive.words().size() > 1
                ? Optional.of(Template.of(directive.word(0), directive.source()))
                : Optional.empty();
        List<Geo.Block> blocks = new ArrayList<>();
        String otherwise = "";
        boolean proxied = false;
        for (Directive entry : directive.children()) {
            switch (entry.name()) {
                case "default" -> otherwise = entry.word(0);
                case "proxy", "proxy_recursive" -> proxied = true;
                case "ranges" -> {
                    return new Unknown(directive, "ranges of addresses are not known");
                }
                case "delete" ->
                    blocks.removeIf(b -> Network.parse(entry.word(0)).equals(Optional.of(b.network())));
                default -> {
                    Network network = Network.parse(entry.name())
                            .orElseThrow(() ->
                                    new ConfigSyntaxException(Optional.of(entry.source()), "invalid network in geo"));
                    blocks.add(new Geo.Block(network, entry.word(0)));
                }
            }
        }
        return new Geo(directive, input, List.copyOf(blocks), otherwise, proxied);
    }
}
