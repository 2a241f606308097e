using PhoneMasking.AppHost.Local;
using PhoneMasking.TestServers;

namespace PhoneMasking.AppHost.Tests.Running;

/// <summary>The README's walk-through, with the app host and the services that <c>./run</c> starts.</summary>
public sealed class WholeProductTests
{
    private const string Ana = "+13035550111";
    private const string AnasReserved = "+13035550131";
    private const string Maria = "+13035550171";

    [Fact]
    public async Task Run_OnAFreshMachine_TakesTextsBothWaysAndKeepsThemOverARestart()
    {
        using var folder = new TemporaryFolder();
        var ports = RunPorts.Free();

        await using (var first = new RunningProduct(folder.Path, ports))
        {
            await first.ReadyAsync();
            await HasSampleDataAsync(first);

            await first.TextAsync("maria-lopez", AnasReserved, "Can you come at five?");
            var thread = await first.ShownAsync(Ana, "[Maria Lopez]: Can you come at five?");
            await first.TextAsync("ana-alvarez", thread, "Yes, at five.");
            Assert.Equal(AnasReserved, await first.ShownAsync(Maria, "Yes, at five."));

            var session = Assert.Single(await first.ListAsync("sessions", atLeast: 1));
            Assert.Equal(thread, (string?)session["poolNumber"]);
            Assert.Contains("Newest events", await first.OpenConsoleAsync(), StringComparison.Ordinal);
            Assert.Contains("swagger-ui", await first.OpenDocumentationAsync(), StringComparison.Ordinal);

            await EndsWithoutLeavingAProcessAsync(first, folder.Path);
        }

        await using (var second = new RunningProduct(folder.Path, ports))
        {
            await second.ReadyAsync();
            var texts = await second.ListAsync("messages");
            Assert.Equal(
                ["Can you come at five?", "Yes, at five.", "Yes, at five.", "[Maria Lopez]: Can you come at five?"],
                texts.Select(text => (string)text["body"]!).Order(StringComparer.Ordinal));
            Assert.Single(await second.ListAsync("sessions"));
            await HasSampleDataAsync(second);

            await second.TextAsync("maria-lopez", AnasReserved, "Thank you!");
            await second.ShownAsync(Ana, "[Maria Lopez]: Thank you!");

            await EndsWithoutLeavingAProcessAsync(second, folder.Path);
        }
    }

    [Fact]
    public async Task Run_WithAPortThatIsNone_SaysSoInALine()
    {
        var (exitCode, output) = await ChildProcess.RunAsync(
            RunningProduct.Plan(("Run__ConsolePort", "http")), TestContext.Current.CancellationToken);

        Assert.Equal(2, exitCode);
        Assert.Equal("Run__ConsolePort must be a port, 1 to 65535.", output.Trim());
    }

    private static async Task HasSampleDataAsync(RunningProduct product)
    {
        Assert.Equal(
            ["Ana Alvarez", "Ben Brooks", "Cara Chen"],
            (await product.ListAsync("sitters", atLeast: 3)).Select(one => (string)one["name"]!).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["Jane Doe", "Maria Lopez", "Tom Baker"],
            (await product.ListAsync("clients", atLeast: 3)).Select(one => (string)one["name"]!).Order(StringComparer.Ordinal));
        var numbers = await product.ListAsync("numbers", atLeast: 10);
        Assert.Equal(10, numbers.Count);
        Assert.All(numbers, number => Assert.Equal("ready", (string?)number["status"]));
    }

    private static async Task EndsWithoutLeavingAProcessAsync(RunningProduct product, string folder)
    {
        // Two servers, the broker's name server, six services, and the app host.
        var before = ProcessList.Naming(folder);
        Assert.True(before.Count >= 10, string.Join(", ", before));

        Assert.Equal(0, await product.InterruptAsync());

        Assert.Empty(ProcessList.Naming(folder));
    }
}
