-- Pieces of files on their way into an application, each encrypted under the application's key. Whoever was cut
-- off goes on where the last piece ended; what is whole becomes a file, what is not is swept after a day.
CREATE TABLE upload_pieces (
    tenant {text} NOT NULL,
    application {id} NOT NULL,
    upload {id} NOT NULL,
    starts {int} NOT NULL,
    size {int} NOT NULL,
    saved_at {int} NOT NULL,
    content {bytes} NOT NULL,
    PRIMARY KEY (tenant, application, upload, starts)
) {strict};
--;
CREATE INDEX upload_pieces_saved ON upload_pieces (saved_at);
