package docrootaudit.server.nginx;

import docrootaudit.server.Address;
import docrootaudit.server.Answer.Doubt;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    /** {@code split_clients} and what is like it: a choice that only the server makes. */
    record Chance(Directive directive, String why) implements Table {
        @Override
        public Value value(Variables variables, Address visitor) {
            return Value.unknown(new Doubt(why, Optional.of(directive.source())));
        }

        @Override
        public boolean isAboutAddress() {
            return false;
        }
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
                    return new Chance(directive, "ranges of addresses are not known");
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
