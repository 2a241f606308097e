using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using PhoneMasking.AlertService.DeadLetters;
using PhoneMasking.AlertService.Emails;
using PhoneMasking.AlertService.Emails.Sending;
using PhoneMasking.Contracts;
using PhoneMasking.ServiceDefaults.Configuration;
using PhoneMasking.ServiceDefaults.Persistence.Retention;
using PhoneMasking.ServiceDefaults.Telemetry;
using PhoneMasking.TestServers;
using static PhoneMasking.AlertService.Tests.DeadLetters.DeadLetterWorld;

namespace PhoneMasking.AlertService.Tests.DeadLetters;

/// <summary>The owner hears of a pile once, and what is settled is forgotten in time.</summary>
public sealed class PileUpTests(DeadLetterWorld world) : IClassFixture<DeadLetterWorld>, IDisposable
{
    private static readonly DeadLetterOptions Options = new() { AlertThreshold = 3 };

    private readonly FakeClock _clock = new(TimeProvider.System.GetUtcNow());
    private readonly ServiceTelemetry _telemetry = new("dead-letters");

    public void Dispose() => _telemetry.Dispose();

    [Fact]
    public async Task Pile_SeenByManyAtOnce_WritesOneEmailADayAndOnlyForNewOnes()
    {
        await DieAsync(2);
        await LookAsync(8);
        Assert.Empty(await EmailsAsync());

        await DieAsync(1);
        await LookAsync(8);
        var email = Assert.Single(await EmailsAsync());
        Assert.Equal(
            ("3 messages inside PhoneMasking could not be processed", OrganisationId.Default), (email.Subject, email.OrganisationId));
        Assert.Contains("pile, expired: 3", email.TextBody);
        Assert.DoesNotContain("under the mat", email.TextBody + email.HtmlBody, StringComparison.Ordinal);

        await DieAsync(1);
        _clock.Advance(TimeSpan.FromHours(23));
        await LookAsync(2);
        Assert.Single(await EmailsAsync());

        _clock.Advance(TimeSpan.FromHours(1));
        await LookAsync(8);
        Assert.Equal(2, (await EmailsAsync()).Count);

        // Nothing new since: no reminder.
        _clock.Advance(TimeSpan.FromHours(25));
        await LookAsync(2);
        Assert.Equal(2, (await EmailsAsync()).Count);

        await ForgetAsync();
    }

    [Theory]
    [InlineData("DeadLetters:AlertThreshold", "0")]
    [InlineData("DeadLetters:AlertInterval", "00:00:01")]
    [InlineData("DeadLetters:CheckInterval", "00:00:00")]
    [InlineData("DeadLetters:ParkedInterval", "00:00:00")]
    [InlineData("DeadLetters:Retention", "00:00:00")]
    public void Setting_OutOfRange_IsNamed(string setting, string value)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build());
        services.AddValidatedOptions<DeadLetterOptions, DeadLetterOptionsValidator>(DeadLetterOptions.Section);
        using var provider = services.BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(
            () => provider.GetRequiredService<IOptions<DeadLetterOptions>>().Value);

        Assert.Contains(setting.Split(':')[1], failure.Message);
    }

    // Called by the one test that piles up: two at once would delete each other's.
    private async Task ForgetAsync()
    {
        var open = (await world.AllAsync()).Where(letter => letter.State == DeadLetterState.Open).ToArray();
        await world.DiscardAsync(open[0].Id);
        await CleanAsync();
        Assert.Equal(open.Length, (await world.AllAsync()).Count);
        Assert.Equal(2, (await EmailsAsync()).Count);

        _clock.Advance(TimeSpan.FromDays(91));
        await CleanAsync();

        Assert.Equal(open[1..].Select(letter => letter.Id), (await world.AllAsync()).Select(letter => letter.Id));
        Assert.Empty(await EmailsAsync());
    }

    private async Task DieAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            await world.DieAsync("pile");
        }
    }

    // As many instances as that look at the same time.
    private Task LookAsync(int instances) => Task.WhenAll(Enumerable.Range(0, instances).Select(async _ =>
    {
        using var watch = new DeadLetterWatch(
            world.First.Services.GetRequiredService<IServiceScopeFactory>(),
            new DeadLetterSignal(),
            new DeadLetterMetrics(_telemetry),
            Microsoft.Extensions.Options.Options.Create(Options),
            _clock,
            NullLogger<DeadLetterWatch>.Instance);
        await watch.LookAsync(Cancelled);
    }));

    private async Task CleanAsync()
    {
        using var cleaner = new RowCleaner(
            world.First.Services.GetRequiredService<NpgsqlDataSource>(),
            TimeSpan.FromHours(1),
            [DeadLetterRegistration.Expiring(Options), EmailRegistration.Expiring(new EmailOptions())],
            _clock,
            NullLogger<RowCleaner>.Instance);
        await cleaner.CleanAsync(Cancelled);
    }

    private Task<List<QueuedEmail>> EmailsAsync() => world.ReadAsync(db => db.Emails.AsNoTracking()
        .Where(email => email.Template == "dead-letters")
        .ToListAsync(Cancelled));
}
