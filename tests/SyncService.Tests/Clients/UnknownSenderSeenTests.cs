using Microsoft.EntityFrameworkCore;
using PhoneMasking.Contracts;
using static PhoneMasking.SyncService.Tests.SyncServiceFixture;

namespace PhoneMasking.SyncService.Tests.Clients;

public sealed class UnknownSenderSeenTests(SyncServiceFixture service)
{
    [Fact]
    public async Task UnknownSender_NotKnownHere_BecomesAProvisionalClientWithANeutralLabel()
    {
        var organisation = NewOrganisation();

        var id = await service.SeeAsync(organisation, "+13035550142");

        var changed = await service.Bus.WaitForAsync<ClientChanged>(
            seen => seen.ClientId == id, TestContext.Current.CancellationToken);
        Assert.Equal(("Client ••42", true, 1L), (changed.Name, changed.Provisional, changed.Version));
    }

    [Fact]
    public async Task UnknownSender_DeliveredTwice_ChangesNothing()
    {
        var organisation = NewOrganisation();
        var id = await service.SeeAsync(organisation, "+13035550143");
        await service.SeeAsync(organisation, "+13035550143", id);

        // Another sender's record shows that the second delivery has been dealt with.
        await service.SeeAsync(organisation, "+13035550144");

        await service.PublishedAsync();
        await service.Bus.WaitForAsync<ClientChanged>(
            seen => seen.ClientId == id, TestContext.Current.CancellationToken);
        Assert.Single(service.Bus.Kept<ClientChanged>(), seen => seen.ClientId == id);
    }

    [Fact]
    public async Task UnknownSender_KnownHere_IsMergedIntoTheClient()
    {
        var organisation = NewOrganisation();
        var known = Assert.IsType<ClientView>(await service.AskAsync(
            new AddClient(organisation, Guid.CreateVersion7(), "Maria Lopez", null, ["+13035550145"])));

        var id = await service.SeeAsync(organisation, "+13035550145");
        await service.SeeAsync(organisation, "+13035550145", id);

        await service.PublishedAsync();
        var merged = await service.Bus.WaitForAsync<ClientMerged>(
            seen => seen.ProvisionalClientId == id, TestContext.Current.CancellationToken);
        Assert.Equal(known.Id, merged.ClientId);
        Assert.Single(service.Bus.Kept<ClientMerged>(), seen => seen.ProvisionalClientId == id);
    }

    [Fact]
    public async Task UnknownSender_SeenByTwoGatewaysAtOnce_BecomesOneClient()
    {
        var organisation = NewOrganisation();
        await using var second = await service.StartHostAsync();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => service.SeeAsync(organisation, "+13035550146")));

        var left = await service.ReadAsync(db => db.Clients.CountAsync(
            client => client.OrganisationId == organisation && client.MergedInto == null,
            TestContext.Current.CancellationToken));
        Assert.Equal(1, left);
    }
}
