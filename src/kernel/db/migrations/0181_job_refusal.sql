-- Why a job was refused: the code and what its sentence speaks of, for screens to say in the language of the person.
alter table lantai.job add column refusal jsonb;
