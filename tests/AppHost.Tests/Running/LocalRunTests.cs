using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using PhoneMasking.AppHost.Local;
using PhoneMasking.TestServers;
using PhoneMasking.TinyHost;

namespace PhoneMasking.AppHost.Tests.Running;

public sealed class LocalRunTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly HttpClient Http = new();

    private readonly TemporaryFolder _folder = new();
    private readonly RecordedOutput _output = new();
    private readonly CancellationTokenSource _stop = new(Patience);

    public void Dispose()
    {
        _stop.Dispose();
        _output.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Service_WithReferences_GetsTheVariablesThatAspireWouldGiveIt()
    {
        var builder = Builder();
        var database = builder.AddPostgres("postgres").AddDatabase("tiny");
        var other = Service(builder, "other");
        var service = Service(builder, "service")
            .WithReference(database)
            .WithReference(other)
            .WithEnvironment("TINY_URL", "http://127.0.0.1:8080/path#rc=5")
            .WaitFor(database)
            .WaitFor(other);
        var run = builder.ToRun();
        var running = run.RunAsync(_stop.Token);
        await Started(run, running);

        Assert.Contains("Database=tiny", await VariableAsync(service, "ConnectionStrings__tiny"), StringComparison.Ordinal);
        Assert.Equal(other.Resource.Url, await VariableAsync(service, "services__other__http__0"));
        Assert.Equal("http://127.0.0.1:8080/path#rc=5", await VariableAsync(service, "TINY_URL"));
        Assert.Equal("service", await VariableAsync(service, "OTEL_SERVICE_NAME"));
        Assert.Equal("Development", await VariableAsync(service, "ASPNETCORE_ENVIRONMENT"));

        await _stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task Service_ThatSaysWherePeopleBegin_IsListedWithThat()
    {
        var builder = Builder();
        Service(builder, "service").WithExternalHttpEndpoints().WithEnvironment("TINY_DOOR", "http://127.0.0.1:8081/sign-in?token=abc");
        var run = builder.ToRun();
        var running = run.RunAsync(_stop.Token);
        await Started(run, running);

        await _output.LineAsync("Ready after").WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Contains(
            "service   http://127.0.0.1:8081/sign-in?token=abc   <- open this",
            _output.Lines.Single(line => line.Contains("Ready after", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        await _stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task Service_ThatIsNotHealthyYet_HoldsBackWhoWaitsForIt()
    {
        var sign = Path.Combine(_folder.Path, "healthy");
        var builder = Builder();
        var slow = Service(builder, "slow").WithEnvironment("TINY_HEALTHY_WITH", sign);
        Service(builder, "waiting").WaitFor(slow);
        var run = builder.ToRun();
        var running = run.RunAsync(_stop.Token);
        await _output.LineAsync("not yet healthy").WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.False(run.Ready.IsCompleted);
        Assert.DoesNotContain(_output.Lines, line => line.StartsWith("waiting", StringComparison.Ordinal));
        await File.WriteAllTextAsync(sign, "", TestContext.Current.CancellationToken);
        await Started(run, running);

        await _stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task Service_ThatIsDegraded_HoldsBackNobodyButTheWordThatAllIsReady()
    {
        var sign = Path.Combine(_folder.Path, "whole");
        var builder = Builder();
        var degraded = Service(builder, "degraded").WithEnvironment("TINY_WHOLE_WITH", sign);
        Service(builder, "waiting").WaitFor(degraded);
        var run = builder.ToRun();
        var running = run.RunAsync(_stop.Token);
        await Started(run, running);

        Assert.Contains(_output.Lines, line => line.Contains("not yet whole", StringComparison.Ordinal));
        Assert.DoesNotContain(_output.Lines, line => line.Contains("Ready after", StringComparison.Ordinal));
        await File.WriteAllTextAsync(sign, "", TestContext.Current.CancellationToken);
        await _output.LineAsync("Ready after").WaitAsync(Patience, TestContext.Current.CancellationToken);

        await _stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task Service_ThatEndsByItself_EndsTheRunAndIsNamed()
    {
        var builder = Builder();
        var dying = Service(builder, "dying");
        var other = Service(builder, "other");
        var run = builder.ToRun();
        var running = run.RunAsync(_stop.Token);
        await Started(run, running);

        await ExitAsync(dying, 3);
        var exitCode = await running.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(1, exitCode);
        Assert.Contains(_output.Lines, l => l.Contains("dying ended unexpectedly with code 3", StringComparison.Ordinal));
        Assert.True(FreePort.IsFree(new Uri(other.Resource.Url).Port));
    }

    [Fact]
    public async Task Port_ThatIsTaken_IsNamedAndNothingIsStarted()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var builder = Builder();
        builder.AddProject("unlucky", TinyTopology.Project).WithHttpEndpoint(port);

        var exitCode = await builder.ToRun().RunAsync(_stop.Token);

        Assert.Equal(1, exitCode);
        Assert.Contains(_output.Lines, l => l.Contains($"Port {port}, which unlucky needs, is taken", StringComparison.Ordinal));
        Assert.DoesNotContain(_output.Lines, l => l.StartsWith("unlucky", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Data_InUseByAnotherRun_IsNotTouched()
    {
        var first = Builder();
        Service(first, "first");
        var firstRun = first.ToRun();
        var running = firstRun.RunAsync(_stop.Token);
        await Started(firstRun, running);

        var second = Builder();
        Service(second, "second");
        var exitCode = await second.ToRun().RunAsync(_stop.Token);

        Assert.Equal(1, exitCode);
        Assert.Contains(_output.Lines, l => l.Contains("Another run uses the data", StringComparison.Ordinal));
        await _stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task Project_ThatWasNotBuilt_IsNamed()
    {
        var project = Path.Combine(_folder.Path, "Unbuilt.csproj");
        await File.WriteAllTextAsync(project, "<Project />", TestContext.Current.CancellationToken);
        var builder = Builder();
        builder.AddProject("unbuilt", project);

        Assert.Equal(1, await builder.ToRun().RunAsync(_stop.Token));
        Assert.Contains(_output.Lines, l => l.Contains("run dotnet build first", StringComparison.Ordinal));
    }

    private static IResourceBuilder<ProjectResource> Service(DistributedApplicationBuilder builder, string name) =>
        builder.AddProject(name, TinyTopology.Project).WithHttpEndpoint().WithHttpHealthCheck("/health");

    private static Task<string> VariableAsync(IResourceBuilder<ProjectResource> service, string name) =>
        Http.GetStringAsync(
            new Uri($"{service.Resource.Url}/environment/{name}"), TestContext.Current.CancellationToken);

    private static async Task ExitAsync(IResourceBuilder<ProjectResource> service, int code)
    {
        try
        {
            using var answer = await Http.PostAsync(
                new Uri($"{service.Resource.Url}/exit/{code}"), null, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            // It may be gone before it has answered.
        }
    }

    private DistributedApplicationBuilder Builder()
    {
        var builder = DistributedApplication.CreateBuilder([], Path.Combine(_folder.Path, "AppHost.cs"));
        builder.Output = _output;
        return builder;
    }

    private async Task Started(LocalRun run, Task<int> running)
    {
        var ready = run.Ready;
        var first = await Task.WhenAny(ready, running).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(first == ready, string.Join('\n', _output.Lines));
    }

    private sealed class RecordedOutput : StringWriter
    {
        private readonly ConcurrentQueue<(string Part, TaskCompletionSource Seen)> _awaited = new();

        public ConcurrentQueue<string> Lines { get; } = new();

        public override void WriteLine(string? value)
        {
            Lines.Enqueue(value ?? "");
            foreach (var (part, seen) in _awaited.Where(a => value?.Contains(a.Part, StringComparison.Ordinal) == true))
            {
                seen.TrySetResult();
            }
        }

        public Task LineAsync(string part)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Enqueue((part, seen));
            return Lines.Any(l => l.Contains(part, StringComparison.Ordinal)) ? Task.CompletedTask : seen.Task;
        }
    }
}
