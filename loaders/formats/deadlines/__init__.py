"""Lists of deadlines: conferences with their days and cities."""
