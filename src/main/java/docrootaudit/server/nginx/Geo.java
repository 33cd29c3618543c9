package docrootaudit.server.nginx;

import docrootaudit.server.Address;
import docrootaudit.server.ConfigSyntaxException;
import docrootaudit.server.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A {@code geo}: {@code ngx_http_geo_module.c}.
 *
 * @param subject the address, as text; empty for the visitor's own
 * @param blocks addresses and what they stand for: the narrowest holds, of equal ones the last
 * @param otherwise what all other addresses stand for
 * @param proxies who is believed what X-Forwarded-For says
 * @param depth how much of it is believed
 */
record Geo(
        Directive directive,
        Optional<Template> subject,
        List<Block> blocks,
        String otherwise,
        List<Network> proxies,
        RealIp.Depth depth)
        implements Table {
    /** Addresses and what they stand for. */
    record Block(Directive directive, Extent extent, String value) {}

    /** Some addresses. */
    sealed interface Extent {
        boolean contains(Address address);

        /** The narrower of two has more. */
        int narrowness();
    }

    private record Net(Network network) implements Extent {
        @Override
        public boolean contains(Address address) {
            return network.contains(address);
        }

        @Override
        public int narrowness() {
            return network.prefix();
        }
    }

    /** Under {@code ranges}: a later one may lie within an earlier one, never the other way round. */
    private record Range(Address low, Address high) implements Extent {
        @Override
        public boolean contains(Address address) {
            return address.isV4()
                    && Arrays.compareUnsigned(low.bytes(), address.bytes()) <= 0
                    && Arrays.compareUnsigned(address.bytes(), high.bytes()) <= 0;
        }

        @Override
        public int narrowness() {
            return 0;
        }
    }

    static Geo of(Directive directive) throws ConfigSyntaxException {
        Optional<Template> subject = directive.words().size() > 1
                ? Optional.of(Template.of(directive.word(0), directive.source()))
                : Optional.empty();
        List<Block> blocks = new ArrayList<>();
        List<Network> proxies = new ArrayList<>();
        String otherwise = "";
        RealIp.Depth depth = RealIp.Depth.LAST;
        boolean ranges = false;
        for (Directive entry : directive.children()) {
            switch (entry.name()) {
                case "default" -> otherwise = entry.word(0);
                case "ranges" -> ranges = true;
                case "proxy_recursive" -> depth = RealIp.Depth.ALL;
                case "proxy" -> Network.parse(entry.word(0)).ifPresent(proxies::add);
                case "delete" -> {
                    Extent gone = extent(entry, entry.word(0), ranges);
                    blocks.removeIf(b -> b.extent().equals(gone));
                }
                default -> blocks.add(new Block(entry, extent(entry, entry.name(), ranges), entry.word(0)));
            }
        }
        return new Geo(directive, subject, List.copyOf(blocks), otherwise, List.copyOf(proxies), depth);
    }

    private static Extent extent(Directive entry, String text, boolean ranges) throws ConfigSyntaxException {
        int dash = text.indexOf('-');
        Optional<Extent> extent;
        if (ranges) {
            Optional<Address> low = dash < 0 ? Optional.empty() : Address.parse(text.substring(0, dash));
            Optional<Address> high = dash < 0 ? Optional.empty() : Address.parse(text.substring(dash + 1));
            extent = low.isPresent() && high.isPresent()
                    ? Optional.of(new Range(low.get(), high.get()))
                    : Optional.empty();
        } else {
            extent = Network.parse(text).map(Net::new);
        }
        return extent.orElseThrow(
                () -> new ConfigSyntaxException(Optional.of(entry.source()), "invalid network in geo"));
    }

    @Override
    public Value value(Variables variables, Address visitor) {
        Optional<Value> text = subject.map(s -> s.evaluate(variables::value));
        Optional<Address> address =
                text.isEmpty() ? Optional.of(visitor) : Address.parse(text.get().text());
        List<String> forwarded =
                List.of(variables.value("http_x_forwarded_for").text().split(",", -1));
        Optional<Address> believed = address.map(a -> RealIp.behind(a, forwarded, proxies, depth));
        String value = believed.flatMap(this::block).map(Block::value).orElse(otherwise);
        return new Value(value, text.flatMap(Value::doubt));
    }

    boolean isOfRanges() {
        return directive.children().stream().anyMatch(d -> d.name().equals("ranges"));
    }

    /** The entry that holds for an address. */
    Optional<Block> block(Address address) {
        Optional<Block> found = Optional.empty();
        for (Block block : blocks) {
            boolean narrower = found.isEmpty()
                    || block.extent().narrowness() >= found.get().extent().narrowness();
            if (narrower && block.extent().contains(address)) {
                found = Optional.of(block);
            }
        }
        return found;
    }

    @Override
    public boolean isAboutAddress(Predicate<Template> about) {
        return true;
    }
}
