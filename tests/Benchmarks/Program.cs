using System.Globalization;
using PhoneMasking.Benchmarks;
using PhoneMasking.Benchmarks.Machine;

if (args is ["bare-server", var port])
{
    await BareServer.RunAsync(int.Parse(port, CultureInfo.InvariantCulture));
    return;
}

// The first argument scales every run's length: 1 is what docs/performance.md is made with.
// Words after it (bare, slow, fast, status, accept) choose what is run, for work on one of them.
var scale = args is [var given, ..] ? double.Parse(given, CultureInfo.InvariantCulture) : 1;
await new Run(scale, args.Skip(1).ToHashSet(StringComparer.Ordinal)).ExecuteAsync();
