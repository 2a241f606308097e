using Microsoft.EntityFrameworkCore;
using PhoneMasking.AlertService.Audit;
using PhoneMasking.Contracts;
using static PhoneMasking.AlertService.Tests.AlertServiceFixture;

namespace PhoneMasking.AlertService.Tests.Audit;

public sealed class AuditEventsTests(AlertServiceFixture service)
{
    private static readonly DateTimeOffset At = new(2026, 1, 15, 17, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Events =>
        [.. typeof(IAuditedEvent).Assembly.GetTypes()
            .Where(type => type is { IsInterface: false } && type.IsAssignableTo(typeof(IAuditedEvent)))
            .Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Events))]
    public async Task Event_OfAnyKind_IsKeptWithItsIdsAndItsReason(string name)
    {
        var organisation = NewOrganisation();
        var happened = AuditedEventSample.Of(name, organisation, At);
        var id = Guid.CreateVersion7();

        await service.Bus.PublishAsync(happened, id, TestContext.Current.CancellationToken);

        await service.AuditedAsync(organisation, 1);
        var record = await service.ReadAsync(db => db.Audit.SingleAsync(
            found => found.OrganisationId == organisation, TestContext.Current.CancellationToken));
        Assert.Equal((id, name, At), (record.Id, record.Event, record.OccurredAt));
        Assert.Equal(
            (happened.Reason, happened.Details, happened.SitterId, happened.ClientId, happened.NumberId, happened.SessionId, happened.MessageId, happened.ApiKeyId),
            (record.Reason, record.Details, record.SitterId, record.ClientId, record.NumberId, record.SessionId, record.MessageId, record.ApiKeyId));
        Assert.True(AuditClass.Knows(name));
    }

    [Fact]
    public async Task Event_DeliveredTwice_IsKeptOnce()
    {
        var organisation = NewOrganisation();
        var happened = AuditedEventSample.Of(nameof(SessionOpened), organisation, At);
        var (id, later) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await service.Bus.PublishAsync(happened, id, TestContext.Current.CancellationToken);
        await service.Bus.PublishAsync(happened, id, TestContext.Current.CancellationToken);
        await service.AuditedAsync(organisation, 1);
        await service.Bus.PublishAsync(happened, id, TestContext.Current.CancellationToken);
        await service.Bus.PublishAsync(happened, later, TestContext.Current.CancellationToken);

        await service.AuditedAsync(organisation, 2);
        var kept = await service.ReadAsync(db => db.Audit
            .Where(record => record.OrganisationId == organisation)
            .Select(record => record.Id)
            .ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(new[] { id, later }.Order(), kept.Order());
    }

    [Fact]
    public async Task TextsThatArrived_ToldTogetherAndTwice_AreALineEach()
    {
        var (first, second) = (NewOrganisation(), NewOrganisation());
        OrganisationId[] organisations = [first, first, second];
        var texts = organisations
            .Select(organisation => (MessageDelivered)AuditedEventSample.Of(nameof(MessageDelivered), organisation, At))
            .ToList();

        // A gateway that ends between publishing and its commit publishes again. One line more says when both have been handled.
        var last = (MessageDelivered)AuditedEventSample.Of(nameof(MessageDelivered), first, At);
        await PublishAsync(texts);
        await PublishAsync(texts);
        await service.AuditedAsync(first, 2);
        await PublishAsync([.. texts, last]);

        await service.AuditedAsync(first, 3);
        var kept = await service.ReadAsync(db => db.Audit
            .Where(record => record.OrganisationId == first || record.OrganisationId == second)
            .ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            texts.Append(last).Select(text => (text.EventId, text.OrganisationId, nameof(MessageDelivered), (MessageId?)text.MessageId, text.SitterId)).OrderBy(text => text.EventId),
            kept.Select(line => (line.Id, line.OrganisationId, line.Event, line.MessageId, line.SitterId)).OrderBy(line => line.Id));
    }

    private Task PublishAsync(IReadOnlyList<MessageDelivered> texts) => service.Bus.PublishAsync(
        new MessagesDelivered(texts), Guid.CreateVersion7(), TestContext.Current.CancellationToken);
}
