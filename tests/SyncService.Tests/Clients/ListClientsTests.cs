using PhoneMasking.Contracts;
using static PhoneMasking.SyncService.Tests.SyncServiceFixture;

namespace PhoneMasking.SyncService.Tests.Clients;

public sealed class ListClientsTests(SyncServiceFixture service)
{
    [Fact]
    public async Task ListClients_PageByPage_GivesEachClientOnce()
    {
        var organisation = NewOrganisation();
        await AddAsync(organisation, "Maria Lopez", "+13035550191");
        await AddAsync(organisation, "Tom Baker", "+13035550192");
        await AddAsync(organisation, "Jane Doe", "+13035550193");

        var first = Assert.IsType<ClientPage>(await service.AskAsync(new ListClients(organisation, null, 2)));
        var second = Assert.IsType<ClientPage>(await service.AskAsync(new ListClients(organisation, first.Next, 2)));

        Assert.Equal(2, first.Items.Count);
        Assert.Null(second.Next);
        Assert.Equal(
            ["Jane Doe", "Maria Lopez", "Tom Baker"],
            first.Items.Concat(second.Items).Select(client => client.Name).Order());
    }

    [Theory]
    [InlineData("LOP", 1)]
    [InlineData("%", 0)]
    [InlineData("_", 0)]
    [InlineData("\\", 0)]
    public async Task ListClients_Searched_TakesTheTextLiterally(string search, int found)
    {
        var organisation = NewOrganisation();
        await AddAsync(organisation, "Maria Lopez", "+13035550194");

        var page = Assert.IsType<ClientPage>(await service.AskAsync(new ListClients(organisation, null, 10, search)));

        Assert.Equal(found, page.Items.Count);
    }

    [Theory]
    [InlineData(0, null, "limit")]
    [InlineData(201, null, "limit")]
    [InlineData(10, "a\0", "search")]
    public async Task ListClients_WithAWrongField_IsRefusedNamingIt(int limit, string? search, string field)
    {
        var refused = Assert.IsType<Refused>(
            await service.AskAsync(new ListClients(NewOrganisation(), null, limit, search)));

        Assert.Equal((RefusalKind.Invalid, field), (refused.Kind, refused.Field));
    }

    [Fact]
    public async Task ReadClient_OfAnotherOrganisation_IsNotFound()
    {
        var client = await AddAsync(NewOrganisation(), "Maria Lopez", "+13035550195");

        var refused = Assert.IsType<Refused>(await service.AskAsync(new ReadClient(NewOrganisation(), client.Id)));

        Assert.Equal(RefusalKind.NotFound, refused.Kind);
    }

    private async Task<ClientView> AddAsync(OrganisationId organisation, string name, string phone) =>
        Assert.IsType<ClientView>(
            await service.AskAsync(new AddClient(organisation, Guid.CreateVersion7(), name, null, [phone])));
}
