using System.Net;
using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Tests.Hosting;

/// <summary>The console at noon, the services that answer it, and its owner signed in.</summary>
internal sealed class RunningConsole : IAsyncDisposable
{
    private RunningConsole(
        ConsoleHost host, Records records, NumberDesk desk, AlertDesk alerts, AnsweringServices services, HttpClient owner)
    {
        (Host, Records, Desk, Alerts, Services, Owner) = (host, records, desk, alerts, services, owner);
    }

    public ConsoleHost Host { get; }

    public Records Records { get; }

    public NumberDesk Desk { get; }

    public AlertDesk Alerts { get; }

    public AnsweringServices Services { get; }

    public HttpClient Owner { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts all of it.</summary>
    /// <param name="given">What the services know; the sample data when omitted.</param>
    /// <param name="forBrowser">True leaves the one-time link to a browser; <see cref="Owner"/> is then not signed in.</param>
    /// <param name="alerts">What AlertService knows; that of a day with troubles when omitted.</param>
    public static async Task<RunningConsole> StartAsync(Records? given = null, bool forBrowser = false, AlertDesk? alerts = null)
    {
        var records = given ?? Records.Sample();
        var desk = new NumberDesk(records);
        alerts ??= AlertDesk.Sample(records);
        var host = await ConsoleHost.StartAsync(clock: new Noontime());
        var services = await AnsweringServices.StartAsync(host.Broker, records, Cancelled, desk, alerts);
        return new RunningConsole(host, records, desk, alerts, services, forBrowser ? host.Visitor() : await host.OwnerAsync());
    }

    /// <summary>A page's text as people see it.</summary>
    public async Task<string> ReadAsync(string path) => (await GetAsync(path)).Text;

    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using var answer = await Owner.GetAsync(path, Cancelled);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancelled)));
    }

    /// <summary>The hidden fields of a form of a page, with what is typed into the others.</summary>
    public async Task<Dictionary<string, string>> FillAsync(string path, string form, params (string Name, string Value)[] typed)
    {
        using var answer = await Owner.GetAsync(path, Cancelled);
        var fields = Html.FieldsOf(await answer.Content.ReadAsStringAsync(Cancelled), $"value=\"{form}\"");
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        return fields;
    }

    /// <summary>Sends a form; the text is HTML as it came.</summary>
    public async Task<(HttpStatusCode Status, string? Location, string Text)> SendAsync(string path, Dictionary<string, string> fields)
    {
        using var answer = await Owner.PostAsync(path, new FormUrlEncodedContent(fields), Cancelled);
        return (answer.StatusCode, answer.Headers.Location?.ToString(), await answer.Content.ReadAsStringAsync(Cancelled));
    }

    /// <summary>Fills in a form of a page and sends it.</summary>
    public async Task<(HttpStatusCode Status, string? Location, string Text)> SubmitAsync(
        string path, string form, params (string Name, string Value)[] typed) =>
        await SendAsync(path, await FillAsync(path, form, typed));

    /// <summary>Something happened to a number, so open pages ask again.</summary>
    public Task AnnounceAsync() => Services.PublishAsync(
        new NumberOrdered(OrganisationId.Default, NumberId.New(Records.Noon), NumberPurpose.PoolExpansion, null, Records.Noon), Cancelled);

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        await Services.DisposeAsync();
        await Host.DisposeAsync();
    }

    /// <summary>Always noon, but waits take their time.</summary>
    private sealed class Noontime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Records.Noon;
    }
}
