// Aspire's SDK imports these implicitly; without it AppHost.cs finds the local ones the same way.
global using Aspire.Hosting;
global using Aspire.Hosting.ApplicationModel;
