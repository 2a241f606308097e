using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.AlertService.Emails;
using PhoneMasking.AlertService.Emails.Sending;
using PhoneMasking.AlertService.Emails.Writing;
using PhoneMasking.AlertService.Persistence;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Messaging.Outbox;
using PhoneMasking.ServiceDefaults.Telemetry;
using PhoneMasking.TestServers;

namespace PhoneMasking.AlertService.Tests.Emails;

/// <summary>The queue on a real database, with a clock that tests move and senders that they choose.</summary>
internal sealed class EmailQueueWorld(AlertServiceFixture service, Uri? api = null, int smtpPort = 1) : IAsyncDisposable
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly NpgsqlDataSource _database = NpgsqlDataSource.Create(service.Database.ConnectionString);
    private readonly ServiceTelemetry _telemetry = new("emails");
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };

    public FakeClock Clock { get; } = new();

    public OrganisationId Organisation { get; } = AlertServiceFixture.NewOrganisation();

    public IOptions<EmailOptions> Options { get; } = Microsoft.Extensions.Options.Options.Create(new EmailOptions
    {
        Sender = EmailSenderKind.Https,
        Owner = EmailWorld.Owner,
        From = EmailWorld.From,
        Https = new() { BaseUrl = api ?? new Uri("http://127.0.0.1:1"), ApiKey = EmailWorld.Key },
        Smtp = new() { Host = "127.0.0.1", Port = smtpPort, StartTls = false },
    });

    public IEmailSender Https => new HttpsEmailSender(_http, Options, Clock);

    public IEmailSender Smtp => new SmtpEmailSender(Options);

    /// <summary>One more instance's sender of e-mails.</summary>
    public EmailDesk Desk(IEmailSender sender) => new(
        new EmailQueue(_database, new OutboxSignal()),
        sender,
        new EmailMetrics(_telemetry),
        Options,
        Clock,
        NullLogger<EmailDesk>.Instance);

    /// <summary>Queues an e-mail.</summary>
    public async Task<bool> QueueAsync(string cause, EmailLimit? limit = null, string sitter = "Ana Alvarez")
    {
        await using var scope = service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AlertDbContext>();
        var mail = new OwnerMail(db, EmailTemplates.Load(overrides: null, out _), Options, new EmailSignal());
        var now = Clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var queued = await mail.QueueAsync(
            Organisation, new NumberOrderedEmail(sitter, now), cause, limit, now, TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        return queued;
    }

    /// <summary>The organisation's only e-mail.</summary>
    public Task<QueuedEmail> EmailAsync() => service.ReadAsync(db => db.Emails.AsNoTracking().SingleAsync(
        email => email.OrganisationId == Organisation, TestContext.Current.CancellationToken));

    /// <summary>Moves the clock to when the e-mail is tried next.</summary>
    public async Task WaitForNextAttemptAsync() => Clock.AdvanceTo((await EmailAsync()).DueAt);

    public async ValueTask DisposeAsync()
    {
        // What a test leaves behind must not be sent by the next one.
        await using var command = _database.CreateCommand(
            "UPDATE alerts.emails SET state = 'Failed', ended_at = due_at WHERE state = 'Waiting'");
        await command.ExecuteNonQueryAsync(CancellationToken.None);
        _http.Dispose();
        _telemetry.Dispose();
        await _database.DisposeAsync();
    }
}

/// <summary>Sends, and then the process is gone before it can write down what came of it.</summary>
internal sealed class FakeDyingSender(IEmailSender sender) : IEmailSender
{
    public bool MayRepeat => sender.MayRepeat;

    public async Task<EmailOutcome> SendAsync(ClaimedEmail email, CancellationToken cancellationToken)
    {
        await sender.SendAsync(email, cancellationToken);
        throw new OperationCanceledException("The process was killed.");
    }
}
