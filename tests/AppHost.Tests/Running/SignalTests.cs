using System.Runtime.InteropServices;
using PhoneMasking.AppHost.Local;
using PhoneMasking.TestServers;
using PhoneMasking.TinyHost;

namespace PhoneMasking.AppHost.Tests.Running;

public sealed class SignalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM)]
    public async Task Signal_ToARunningHost_EndsItInGoodOrderAndLeavesNoProcess(PosixSignal signal)
    {
        using var folder = new TemporaryFolder();
        await using var host = await StartHostAsync(folder.Path);
        var before = ProcessList.Naming(folder.Path);

        var byItself = await host.EndAsync(signal, Patience);

        Assert.True(byItself, host.Tail);
        Assert.Equal(0, await host.Exited);
        Assert.True(before.Count >= 5, $"Expected two servers, epmd and two services: {string.Join(", ", before)}");
        Assert.Empty(ProcessList.Naming(folder.Path));
    }

    [Fact]
    public async Task Kill_OfARunningHost_LeavesNoProcess()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/setpriv"), "Only setpriv (Linux) can end the children of a killed host.");
        using var folder = new TemporaryFolder();
        await using var host = await StartHostAsync(folder.Path);
        using var timeout = new CancellationTokenSource(Patience);

        // Not KillAsync, which would kill the children, too.
        using (var process = System.Diagnostics.Process.GetProcessById(host.Id))
        {
            process.Kill();
        }

        while (ProcessList.Naming(folder.Path).Count > 0)
        {
            await Task.Delay(BetweenLooks, timeout.Token);
        }
    }

    private static async Task<ChildProcess> StartHostAsync(string folder)
    {
        var ready = new TaskCompletionSource();
        var assembly = new BuiltProject(TinyTopology.Project).Assembly;
        var host = ChildProcess.Start(new ProcessPlan("dotnet", assembly, "host", folder)
        {
            OnLine = line =>
            {
                if (line.StartsWith("Ready after", StringComparison.Ordinal))
                {
                    ready.TrySetResult();
                }
            },
        });
        var first = await Task.WhenAny(ready.Task, host.Exited).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(first == ready.Task, host.Tail);
        return host;
    }
}
